
function __xfrmctl_is --description 'Whether the command that was typed is this one'
    test (__xfrmctl_command) = "$argv"
end

# A virtual machine is slow to start, so it is asked again only when a file was touched.
function __xfrmctl_names --description 'The children or interfaces of the definition'
    set -l words (commandline -opc)
    set -l places
    set -l asked
    for i in (seq 2 (count $words))
        set -l place
        switch $words[$i]
            case -f --file
                set place $words[(math $i + 1)]
            case '--file=*'
                set place (string replace -- --file= '' $words[$i])
            case '-f?*'
                set place (string sub -s 3 -- $words[$i])
        end
        if test -n "$place"
            set place (string replace -r '^~/' "$HOME/" -- $place)
            set -a asked -f $place
            set -a places $place
        end
    end
    test -n "$places"; or set places /etc/xfrmctl.d
    set -l stamp $argv $PWD $asked (stat -c '%n %s %.9Y' -- $places (__xfrmctl_below $places) 2>/dev/null)
    if test "$stamp" != "$__xfrmctl_stamp"
        set -g __xfrmctl_stamp "$stamp"
        set -g __xfrmctl_known (XFRMCTL_AS_IS=1 $words[1] names --of $argv $asked 2>/dev/null)
    end
    printf '%s\n' $__xfrmctl_known
end

function __xfrmctl_below --description 'The files of directories'
    for each in $argv
        # Only with "set" nothing is said where nothing matches.
        set -l found $each/*
        printf '%s\n' $found
    end
end

