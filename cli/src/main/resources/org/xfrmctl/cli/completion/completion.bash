
# Sets REPLY to what the option $1 takes; to nothing if it takes nothing.
_xfrmctl_value() {
    local each
    REPLY=
    for each in $values; do
        [[ ${each%%=*} == "$1" ]] && REPLY=${each#*=} && return
    done
}

# Sets _xfrmctl_known to the children or interfaces ($1) of the definition in "files". A virtual machine is slow to start,
# so it is asked again only when a file was touched.
_xfrmctl_names() {
    local each asked=() places=() stamp
    for each in "${files[@]}"; do
        each=${each//[\\\"\']/} # As typed.
        [[ $each == '~/'* ]] && each=$HOME/${each#'~/'}
        asked+=(-f "$each")
        places+=("$each")
    done
    ((${#places[@]})) || places=(/etc/xfrmctl.d)
    stamp="$1 $PWD ${asked[*]} $(
        shopt -s nullglob
        shopt -u failglob
        for each in "${places[@]}"; do
            stat -c '%n %s %.9Y' -- "$each" "$each"/* 2>/dev/null
        done
    )"
    if [[ $stamp != "${_xfrmctl_stamp-}" ]]; then
        _xfrmctl_stamp=$stamp
        _xfrmctl_known=$(XFRMCTL_AS_IS=1 "${COMP_WORDS[0]}" names --of "$1" "${asked[@]}" 2>/dev/null)
    fi
}

_xfrmctl() {
    local command=xfrmctl commands options values arguments last files=() option= kind= cur word i at=0 prefix=
    cur=${COMP_WORDS[COMP_CWORD]}
    _xfrmctl_command "$command"
    for ((i = 1; i < COMP_CWORD; i++)); do
        word=${COMP_WORDS[i]}
        if [[ $word == '=' ]]; then
            continue # --file=x comes as three words.
        elif [[ -n $kind ]]; then
            [[ $option == -f || $option == --file ]] && files+=("$word")
            kind=
        elif [[ $word == --*=* ]]; then
            # Where COMP_WORDBREAKS has no "=".
            [[ $word == --file=* ]] && files+=("${word#*=}")
        elif [[ $word == -[!-]?* ]]; then
            [[ $word == -f* ]] && files+=("${word#-f}")
        elif [[ $word == -* ]]; then
            option=$word
            _xfrmctl_value "$option"
            kind=$REPLY
        elif [[ " $commands " == *" $word "* ]]; then
            command+=" $word"
            at=0
            _xfrmctl_command "$command"
        else
            ((++at))
        fi
    done
    [[ $cur == '=' ]] && cur=
    COMPREPLY=()
    if [[ -z $kind && $cur == --*=* ]]; then
        prefix=${cur%%=*}=
        cur=${cur#*=}
        _xfrmctl_value "${prefix%=}"
        kind=$REPLY
        [[ -n $kind ]] || return
    fi
    if [[ -z $kind && $cur == -[!-]?* ]]; then
        _xfrmctl_value "${cur:0:2}"
        if [[ -n $REPLY ]]; then
            prefix=${cur:0:2}
            cur=${cur:2}
            kind=$REPLY
        fi
    fi
    if [[ -z $kind && $cur == -* ]]; then
        mapfile -t COMPREPLY < <(compgen -W "$options" -- "$cur")
        return
    fi
    local candidates=
    if [[ -z $kind ]]; then
        candidates=$commands
        local kinds=($arguments)
        kind=${kinds[at]-$last}
    fi
    case $kind in
    @files)
        compopt -o filenames 2>/dev/null
        mapfile -t COMPREPLY < <(compgen -P "$prefix" -f -- "$cur")
        return
        ;;
    @directories)
        compopt -o filenames 2>/dev/null
        mapfile -t COMPREPLY < <(compgen -P "$prefix" -d -- "$cur")
        return
        ;;
    @children | @interfaces)
        _xfrmctl_names "${kind#@}"
        candidates+=" $_xfrmctl_known"
        ;;
    @free | '') ;;
    *) candidates+=" ${kind//,/ }" ;;
    esac
    mapfile -t COMPREPLY < <(compgen -P "$prefix" -W "$candidates" -- "$cur")
}

complete -F _xfrmctl xfrmctl
