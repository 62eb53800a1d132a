@echo off
if exist "%~dp0python.exe" (
  "%~dp0python.exe" -m oncall_cli %*
) else if exist "%~dp0..\python.exe" (
  "%~dp0..\python.exe" -m oncall_cli %*
) else (
  py -3 -m oncall_cli %*
)
