package org.xfrmctl.it.release;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.xfrmctl.it.release.Sbom.Component;

/** The open database of known flaws (osv.dev), asked for all libraries in one request of its {@code querybatch}. */
final class OsvDatabase {
    static final URI PUBLIC = URI.create("https://api.osv.dev/v1/querybatch");

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final URI address;
    private final ObjectMapper json = new ObjectMapper();

    OsvDatabase(URI address) {
        this.address = address;
    }

    /**
     * The names of the flaws that it knows of each, in the order of the libraries.
     *
     * @throws IOException if it cannot be reached, or answers something else than it should
     */
    Map<Component, List<String>> ask(List<Component> libraries) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(address)
                .timeout(PATIENCE)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(question(libraries)))
                .build();
        HttpResponse<String> response =
                HttpClient.newBuilder().connectTimeout(PATIENCE).build().send(request, BodyHandlers.ofString());
        if (response.statusCode() != 200) {
            throw new IOException(address + " answered with HTTP status " + response.statusCode());
        }
        JsonNode results = json.readTree(response.body()).path("results");
        if (results.size() != libraries.size()) {
            throw new IOException(
                    address + " answered for " + results.size() + " of " + libraries.size() + " libraries");
        }
        Map<Component, List<String>> found = new LinkedHashMap<>();
        for (int i = 0; i < libraries.size(); i++) {
            List<String> ids = new ArrayList<>();
            results.get(i).path("vulns").forEach(each -> ids.add(each.path("id").asText()));
            if (!results.get(i).path("next_page_token").asText().isEmpty()) {
                throw new IOException(
                        address + " has more flaws of " + libraries.get(i).id() + " than one answer holds");
            }
            found.put(libraries.get(i), ids);
        }
        return found;
    }

    private String question(List<Component> libraries) throws IOException {
        ObjectNode root = json.createObjectNode();
        ArrayNode queries = root.putArray("queries");
        for (Component each : libraries) {
            ObjectNode query = queries.addObject();
            query.put("version", each.version());
            query.putObject("package").put("ecosystem", "Maven").put("name", each.id());
        }
        return json.writeValueAsString(root);
    }
}
