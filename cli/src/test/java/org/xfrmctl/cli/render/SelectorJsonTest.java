package org.xfrmctl.cli.render;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xfrmctl.model.Family;
import org.xfrmctl.model.IpPrefix;
import org.xfrmctl.model.IpProtocol;
import org.xfrmctl.model.PortMatch;
import org.xfrmctl.model.Selector;

class SelectorJsonTest {
    @ParameterizedTest(name = "{0}: {1}/{2} {3}/{4}")
    @CsvSource(delimiter = '|', textBlock = """
            # proto | port | mask | port | mask | members
               6    |   22 | ffff |   0  |    0 | "proto":6,"sport":22
               6    | 1024 | fc00 |  80  | ffff | "proto":6,"sport":1024,"sport_mask":"0xfc00","dport":80
               17   |    0 | ffff |   7  |    0 | "proto":17,"sport":0,"dport":7,"dport_mask":"0x0"
               1    |    3 | ffff |   4  | ffff | "proto":1,"type":3,"code":4
               58   |  128 | ffff |   0  |    0 | "proto":58,"type":128
               58   |    0 |    0 |   4  |   ff | "proto":58,"code":4,"code_mask":"0xff"
               135  |    5 | ffff |   9  | ffff | "proto":135,"type":5,"dport":9
               47   |    1 | ffff |   2  | ffff | "proto":47,"key":65538
               47   |65535 | ffff |   0  |    0 | "proto":47,"key":4294901760,"key_mask":"0xffff0000"
               47   |    0 |    0 |   0  |    0 | "proto":47
            """)
    void portsHaveTheNamesOfTheProtocol(
            int protocol, int source, String sourceMask, int destination, String destinationMask, String members) {
        Selector selector = new Selector(
                IpPrefix.any(Family.UNSPEC),
                IpPrefix.any(Family.UNSPEC),
                new IpProtocol(protocol),
                new PortMatch(source, Integer.parseInt(sourceMask, 16)),
                new PortMatch(destination, Integer.parseInt(destinationMask, 16)),
                Selector.Binding.NONE);

        assertThat(Json.printLine(SelectorJson.of(selector))).isEqualTo("{" + members + "}");
    }

    @Test
    void everythingOfAFamilyIsNotEverything() {
        assertThat(Json.printLine(SelectorJson.of(Selector.any(Family.INET6))))
                .isEqualTo("{\"src\":\"::/0\",\"dst\":\"::/0\"}");
        assertThat(Json.printLine(SelectorJson.of(Selector.any(Family.UNSPEC)))).isEqualTo("{}");
    }
}
