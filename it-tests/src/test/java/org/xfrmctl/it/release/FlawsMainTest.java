package org.xfrmctl.it.release;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.xfrmctl.it.release.FlawList.Flaw;
import org.xfrmctl.it.release.FlawList.Review;
import org.xfrmctl.it.release.FlawList.Verdict;
import org.xfrmctl.it.release.Sbom.Component;

/** {@code ./dev flaws}, with a database that is a few lines of this test. */
class FlawsMainTest {
    private static final Component CODEC = FlawListTest.codec("2.4");
    private static final LocalDate TODAY = LocalDate.of(2026, 11, 26);
    private static final Review REVIEW = new Review(CODEC.id(), "2.4", TODAY, "its changelog");

    private final Sbom sbom = new Sbom(CODEC, List.of(CODEC), Map.of());
    private HttpServer server;
    private String question = "";

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void asksForEachLibraryAndFindsNothing() throws Exception {
        answer(200, "{\"results\": [{}]}");
        assertThat(FlawsMain.run(sbom, new FlawList(List.of(REVIEW), List.of()), address()))
                .isZero();
        assertThat(question)
                .isEqualTo("{\"queries\":[{\"version\":\"2.4\",\"package\":{\"ecosystem\":\"Maven\","
                        + "\"name\":\"org.example:codec\"}}]}");
    }

    @Test
    void tellsOfFlawsThatNobodyHasJudged() throws Exception {
        answer(200, "{\"results\": [{\"vulns\": [{\"id\": \"GHSA-1\"}, {\"id\": \"GHSA-2\"}]}]}");
        Flaw first = flaw("GHSA-1");
        assertThat(FlawsMain.run(sbom, new FlawList(List.of(REVIEW), List.of(first)), address()))
                .isEqualTo(1);
        assertThat(FlawsMain.run(sbom, new FlawList(List.of(REVIEW), List.of(first, flaw("GHSA-2"))), address()))
                .isZero();
    }

    @Test
    void saysThatItCouldNotAsk() throws Exception {
        answer(503, "later");
        assertThat(FlawsMain.run(sbom, new FlawList(List.of(REVIEW), List.of()), address()))
                .isEqualTo(2);
        assertThat(FlawsMain.run(sbom, new FlawList(List.of(), List.of()), address()))
                .isEqualTo(1);
    }

    @Test
    void anAnswerForFewerLibrariesIsNone() throws Exception {
        answer(200, "{\"results\": []}");
        assertThat(FlawsMain.run(sbom, new FlawList(List.of(REVIEW), List.of()), address()))
                .isEqualTo(2);
    }

    private static Flaw flaw(String id) {
        return new Flaw(
                CODEC.id(),
                LibraryVersion.of("2"),
                LibraryVersion.of("3"),
                List.of(id),
                Verdict.HARMLESS,
                TODAY,
                "not called");
    }

    private URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/v1/querybatch");
    }

    private void answer(int status, String body) {
        server.createContext("/v1/querybatch", exchange -> {
            question = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
    }
}
