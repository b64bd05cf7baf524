# In the interactive shell: takes the place of its user at the next prompt.
typeset -a offered
compadd() {
    # With -O, -A and -D nothing is offered, but asked.
    if ((!${@[(I)-[OAD]*]})); then
        local -a matched
        builtin compadd -O matched "$@"
        offered+=($matched)
    fi
    builtin compadd "$@"
}
zle-line-init() {
    local line
    for line in $lines; do
        [[ $line == '!'* ]] && eval "${line#!}" && continue
        BUFFER=$line
        CURSOR=$#BUFFER
        zle complete-word
        offered+=(end)
    done
    print -r -- $'\x02'
    print -rl -- $offered
    print -r -- $'\x03'
    BUFFER=exit
    zle accept-line
}
zle -N zle-line-init
