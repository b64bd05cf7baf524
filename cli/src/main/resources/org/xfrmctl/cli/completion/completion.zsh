
# Adds the children or interfaces ($1) of the definition. A virtual machine is slow to start, so it is asked again only when
# a file was touched.
_xfrmctl_names() {
    local -a asked places
    local stamp each
    integer i
    for ((i = 2; i < CURRENT; i++)); do
        case $words[i] in
        -f | --file) each=$words[i+1] ;;
        --file=*) each=${words[i]#--file=} ;;
        -f?*) each=${words[i]#-f} ;;
        *) continue ;;
        esac
        each=${(Q)each/#\~\//$HOME/}
        asked+=(-f "$each")
        places+=("$each")
    done
    (($#places)) || places=(/etc/xfrmctl.d)
    stamp="$1 $PWD $asked $(stat -c '%n %s %.9Y' -- $places ${^places}/*(N) 2>/dev/null)"
    if [[ $stamp != "${_xfrmctl_stamp-}" ]]; then
        typeset -g _xfrmctl_stamp=$stamp
        typeset -ga _xfrmctl_known=(${(f)"$(XFRMCTL_AS_IS=1 ${_xfrmctl_program:-xfrmctl} names --of $1 $asked 2>/dev/null)"})
    fi
    compadd -a _xfrmctl_known
}

if [[ ${funcstack[1]-} == _xfrmctl ]]; then
    _xfrmctl "$@" # Loaded from fpath, at the first Tab.
else
    compdef _xfrmctl xfrmctl
fi
