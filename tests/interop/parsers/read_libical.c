/* Print what libical reads in each file named: the file, the start, the end and the summary of an event a line. */
#include <libical/ical.h>
#include <stdio.h>
#include <stdlib.h>

static char *content_of(const char *path)
{
    FILE *file = fopen(path, "rb");
    if (!file) return NULL;
    fseek(file, 0, SEEK_END);
    long size = ftell(file);
    rewind(file);
    char *text = malloc(size + 1);
    size = fread(text, 1, size, file);
    text[size] = 0;
    fclose(file);
    return text;
}

static long seconds_of(struct icaltimetype when)
{
    const icaltimezone *zone = icaltime_get_timezone(when);
    return (long)icaltime_as_timet_with_zone(when, zone ? zone : icaltimezone_get_utc_timezone());
}

int main(int count, char **paths)
{
    for (int at = 1; at < count; at++) {
        char *text = content_of(paths[at]);
        icalcomponent *calendar = text ? icalparser_parse_string(text) : NULL;
        if (!calendar || icalcomponent_count_errors(calendar)) {
            fprintf(stderr, "%s is no calendar to libical\n", paths[at]);
            return 1;
        }
        icalcomponent *event = icalcomponent_get_first_component(calendar, ICAL_VEVENT_COMPONENT);
        for (; event; event = icalcomponent_get_next_component(calendar, ICAL_VEVENT_COMPONENT))
            printf("%s\t%ld\t%ld\t%s\n", paths[at], seconds_of(icalcomponent_get_dtstart(event)),
                   seconds_of(icalcomponent_get_dtend(event)), icalcomponent_get_summary(event));
        icalcomponent_free(calendar);
        free(text);
    }
    return 0;
}
