package org.xfrmctl.netlink.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.xfrmctl.netlink.Refusals.refused;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.xfrmctl.model.Family;
import org.xfrmctl.model.IpPrefix;
import org.xfrmctl.model.Mark;
import org.xfrmctl.netlink.Errno;
import org.xfrmctl.netlink.NetlinkException;
import org.xfrmctl.netlink.TestNamespace;
import org.xfrmctl.netlink.sys.NetlinkProtocol;

/** Policy rules of this machine's kernel. */
@Timeout(20)
class KernelRulesTest {
    @RegisterExtension
    static final TestNamespace NAMESPACE = new TestNamespace();

    private static final int OURS = 66;

    private RouteClient client;

    @BeforeEach
    void openClient() {
        client = new RouteClient(NAMESPACE.open(NetlinkProtocol.ROUTE));
    }

    @AfterEach
    void deleteRules() {
        ours().forEach(client::deleteRule);
        client.close();
    }

    @Test
    void whatIsAddedIsWhatIpShows() {
        Rule.Match match = Rule.Match.any(Family.INET)
                .from(IpPrefix.parse("10.0.0.0/8"))
                .to(IpPrefix.parse("198.51.100.0/24"))
                .marked(new Mark(7, 0xff))
                .arrivingBy("va")
                .leavingBy("vb");
        client.addRule(Rule.lookup(100, match, new RouteTable(0xfffffff0)).withProtocol(OURS));
        JsonNode shown = only("-4", 100);
        assertThat(shown.path("src").asText()).isEqualTo("10.0.0.0");
        assertThat(shown.path("srclen").asInt()).isEqualTo(8);
        assertThat(shown.path("dst").asText()).isEqualTo("198.51.100.0");
        assertThat(shown.path("dstlen").asInt()).isEqualTo(24);
        assertThat(shown.path("fwmark").asText()).isEqualTo("0x7");
        assertThat(shown.path("fwmask").asText()).isEqualTo("0xff");
        assertThat(shown.path("iif").asText()).isEqualTo("va");
        assertThat(shown.path("oif").asText()).isEqualTo("vb");
        assertThat(shown.path("table").asText()).isEqualTo("4294967280");
        assertThat(shown.path("protocol").asText()).isEqualTo("66");

        client.addRule(Rule.refusing(
                        101,
                        Rule.Match.any(Family.INET6)
                                .from(IpPrefix.parse("2001:db8::/32"))
                                .not(),
                        Rule.Action.PROHIBIT)
                .withProtocol(OURS));
        shown = only("-6", 101);
        assertThat(shown.has("not")).isTrue();
        assertThat(shown.path("src").asText()).isEqualTo("2001:db8::");
        assertThat(shown.path("action").asText()).isEqualTo("prohibit");
    }

    @Test
    void whatIpAddsIsListedAndComesBackAsItWas() {
        List.of(
                        "priority 100 from 10.0.0.0/8 to 198.51.100.0/24 fwmark 0x7/0xff iif va oif vb tos 0x10 lookup 1000",
                        "not from 10.0.0.0/8 priority 101 blackhole",
                        "priority 102 lookup main suppress_prefixlength 0",
                        "priority 103 goto 32766",
                        "priority 104 ipproto udp sport 500 dport 500-4500 uidrange 5-6 lookup 9",
                        "priority 4294967295 unreachable",
                        "priority 0 fwmark 1 prohibit")
                .forEach(words -> NAMESPACE.ip("-4 rule add " + words + " protocol " + OURS));
        NAMESPACE.ip("-6 rule add priority 105 from 2001:db8::/32 lookup 7 protocol " + OURS);
        List<JsonNode> shown = NAMESPACE.json("rule show");
        List<JsonNode> shown6 = NAMESPACE.json("-6 rule show");
        List<Rule> ours = ours();
        assertThat(ours).hasSize(8);
        assertThat(ours.stream().map(Rule::toString))
                .containsExactly(
                        "0: from all fwmark 0x1/0xffffffff prohibit",
                        "100: from 10.0.0.0/8 to 198.51.100.0/24 tos 0x10 fwmark 0x7/0xff iif va oif vb lookup 1000",
                        "101: not from 10.0.0.0/8 blackhole",
                        "102: from all lookup main",
                        "103: from all goto",
                        "104: from all lookup 9",
                        "4294967295: from all unreachable",
                        "105: from 2001:db8::/32 lookup 7");
        ours.forEach(client::deleteRule);
        assertThat(ours()).isEmpty();
        ours.forEach(client::addRule);
        assertThat(NAMESPACE.json("rule show")).isEqualTo(shown);
        assertThat(NAMESPACE.json("-6 rule show")).isEqualTo(shown6);
    }

    @Test
    void aNewNamespaceHasTheKernelsRules() {
        assertThat(client.listRules(Family.INET).stream().map(Rule::toString))
                .containsExactly(
                        "0: from all lookup local", "32766: from all lookup main", "32767: from all lookup default");
        assertThat(client.listRules(Family.INET6)).hasSize(2);
    }

    @Test
    void aRuleThatIsThereIsRefusedAndShown() {
        Rule rule = rule(100, Mark.NONE);
        client.addRule(rule);
        NetlinkException refusal = refused(
                () -> client.addRule(rule), Errno.EEXIST, "add rule " + rule, "in the way: 100: from all lookup 1000");
        assertThat(refusal.hint().orElse("")).contains("says the same");
    }

    @Test
    void whatIsNotThereCannotBeDeleted() {
        Rule rule = rule(100, Mark.NONE);
        refused(() -> client.deleteRule(rule), Errno.ENOENT, "delete rule " + rule, "no rule with this priority");
    }

    @Test
    void theFirstRuleThatSaysNoLessIsDeleted() {
        Rule marked = rule(100, new Mark(7, 0xff));
        Rule every = rule(100, Mark.NONE);
        client.addRule(marked);
        client.addRule(every);
        client.deleteRule(every);
        assertThat(ours()).extracting(Rule::match).containsExactly(every.match());
    }

    private List<Rule> ours() {
        return client.listRules(Family.UNSPEC).stream()
                .filter(rule -> rule.protocol() == OURS)
                .toList();
    }

    private static Rule rule(int priority, Mark mark) {
        return Rule.lookup(priority, Rule.Match.any(Family.INET).marked(mark), new RouteTable(1000))
                .withProtocol(OURS);
    }

    private static JsonNode only(String family, int priority) {
        Stream<JsonNode> rules = NAMESPACE.json(family + " rule show").stream();
        return rules.filter(rule -> rule.path("priority").asInt() == priority)
                .findFirst()
                .orElseThrow();
    }
}
