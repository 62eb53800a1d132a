"""Completion of words in a shell: the script that asks for them, and the shape of a command, line by line."""

from __future__ import annotations

import re
from typing import Any

# `oncall complete WORD...` answers with lines of a word, a tab and a line of help.
BASH = """\
_oncall() {
    local IFS=$'\\n' line
    COMPREPLY=()
    while read -r line; do
        COMPREPLY+=("${line%%$'\\t'*}")
    done < <(oncall complete "${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)
}
complete -o default -F _oncall oncall
"""
ZSH = """\
#compdef oncall
_oncall() {
    local -a found
    local line
    while IFS= read -r line; do
        found+=("${line%%$'\\t'*}:${line#*$'\\t'}")
    done < <(oncall complete "${(@)words[2,CURRENT]}" 2>/dev/null)
    if (( ${#found} )); then
        _describe -V oncall found
    else
        _files
    fi
}
compdef _oncall oncall
"""
FISH = """\
function __oncall_complete
    set -l words (commandline --tokenize --cut-at-cursor --current-process)
    oncall complete $words[2..-1] (commandline --current-token --cut-at-cursor) 2>/dev/null
end
# with nothing to offer, files are
complete -c oncall --no-files -n 'count (__oncall_complete) >/dev/null' --arguments '(__oncall_complete)'
"""
SCRIPTS = {"bash": BASH, "zsh": ZSH, "fish": FISH}

_SAME = ("rotation", "person", "override", "incident", "request", "shift", "action", "runbook", "template")
_NOUNS = {"who": "person", "by": "person", **{noun: noun for noun in _SAME}}
_WORD = re.compile("[A-Z]+")
_ID = ("ID", "NAME")


def shape_text(command: Any, parameters: list[Any], path: list[str]) -> str:
    """Return what may follow a command: its commands, options and arguments, with what each takes, a line each."""
    lines = [
        ("command", entry.name, "", entry.summary) for entry in getattr(command, "entries", ()) if not entry.hidden
    ]
    for each in parameters:
        about = (getattr(each, "help", None) or "").splitlines()
        if each.param_type_name == "argument":
            lines.append(("argument", each.name, _takes(each, path), ""))
        else:
            takes = "" if each.is_flag else _takes(each, path) or "-"
            lines += [("option", name, takes, about[0] if about else "") for name in each.opts]
    return "\n".join("\t".join(line) for line in lines)


def _takes(parameter: Any, path: list[str]) -> str:
    """Return which records the words of a parameter name, or its choices with bars between them."""
    choices = getattr(parameter.type_descriptor, "choices", None)
    if choices:
        return "|".join(str(getattr(one, "value", one)) for one in choices)
    nouns = []
    for word in _WORD.findall(parameter.metavar or ""):
        # an id is one of what the parameter, or the group of commands, is called after
        about = [parameter.name, *path[:1]] if word in _ID else [word.lower()]
        nouns += [_NOUNS[name] for name in about if name in _NOUNS][:1]
    return " ".join(dict.fromkeys(nouns))
