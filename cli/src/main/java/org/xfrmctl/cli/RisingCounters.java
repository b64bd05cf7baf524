package org.xfrmctl.cli;

import java.util.List;
import org.xfrmctl.cli.output.Looks;
import org.xfrmctl.manager.status.ChildSa;
import org.xfrmctl.manager.status.CounterRates;
import org.xfrmctl.manager.status.CounterTable;

/** Counters from look to look: how fast they have risen since the one before. */
final class RisingCounters {
    private List<CounterTable> before = List.of();

    /** At the first look there is no speed. */
    List<CounterRates> at(Looks look, List<ChildSa> found) {
        List<CounterTable> now = found.stream().map(CounterTable::of).toList();
        List<CounterRates> rates = CounterRates.of(before, now, look.nanos());
        before = now;
        return rates;
    }

    /** Without a look before. */
    static List<CounterRates> still(List<ChildSa> found) {
        return CounterRates.of(List.of(), found.stream().map(CounterTable::of).toList(), 1);
    }
}
