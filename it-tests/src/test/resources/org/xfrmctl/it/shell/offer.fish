# fish offer.fish SCRIPT LINE...: what the Tab key would offer behind each line, a candidate each, then "end".
source $argv[1]
for line in $argv[2..-1]
    complete -C $line
    echo end
end
