package org.xfrmctl.netlink.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xfrmctl.model.PolicyIndex;
import org.xfrmctl.model.PolicyKey;
import org.xfrmctl.model.StateKey;
import org.xfrmctl.model.XfrmPolicy;
import org.xfrmctl.model.XfrmState;
import org.xfrmctl.netlink.message.Request;
import org.xfrmctl.netlink.uapi.XfrmMsg;
import org.xfrmctl.netlink.xfrm.SpiRequest;

/** What was said is understood. */
class CommandRoundTripTest {
    private static final int RUNS = 600;

    private final IpCommandParser parser = TestHost.parser();

    /** A command, and what its request is and is about. */
    private record Said(List<String> words, int type, Object subject) {
        static Said of(String verb, List<String> rest, int type, Object subject) {
            List<String> words = new ArrayList<>(TestHost.words(verb));
            words.addAll(rest);
            return new Said(words, type, subject);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void everyChangeIsWhatWasSaid(long seed) {
        Random random = new Random(seed);
        RandomCommands values = new RandomCommands(random);
        CommandText text = new CommandText(random);
        for (int run = 0; run < RUNS; run++) {
            Said said = say(run, values, text);
            String how = "seed " + seed + " run " + run + ": " + String.join(" ", said.words);
            Request request = ((IpCommand.Change) parser.parse(said.words)).request();
            assertThat(request.subject()).as(how).isEqualTo(said.subject);
            assertThat(request.type()).as(how).isEqualTo(said.type);
        }
    }

    private static Said say(int run, RandomCommands values, CommandText text) {
        switch (run % 8) {
            case 0 -> {
                XfrmState state = values.state();
                return Said.of("state add", text.state(state), XfrmMsg.NEWSA, state);
            }
            case 1 -> {
                XfrmState state = values.state();
                return Said.of("ip xfrm state update", text.state(state), XfrmMsg.UPDSA, state);
            }
            case 2 -> {
                XfrmPolicy policy = values.policy();
                return Said.of("xfrm policy add", text.policy(policy), XfrmMsg.NEWPOLICY, policy);
            }
            case 3 -> {
                XfrmPolicy policy = values.policy();
                return Said.of("policy update", text.policy(policy), XfrmMsg.UPDPOLICY, policy);
            }
            case 4 -> {
                StateKey key = values.stateKey();
                return Said.of("state delete", text.key(key), XfrmMsg.DELSA, key);
            }
            case 5 -> {
                PolicyKey key = values.policyKey();
                return Said.of("policy delete", text.key(key), XfrmMsg.DELPOLICY, key);
            }
            case 6 -> {
                PolicyIndex index = values.policyIndex();
                return Said.of("policy delete", text.index(index), XfrmMsg.DELPOLICY, index);
            }
            default -> {
                SpiRequest spi = values.spiRequest();
                return Said.of("state allocspi", text.spi(spi), XfrmMsg.ALLOCSPI, spi);
            }
        }
    }
}
