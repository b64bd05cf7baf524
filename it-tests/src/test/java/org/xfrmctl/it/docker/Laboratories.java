package org.xfrmctl.it.docker;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives tests the four containers of a run, which are made when the first test wants them and removed behind the last one:
 *
 * <pre>{@code carol ── wan ── sun ── mid ── moon ── lan ── alice}</pre>
 *
 * with moon on wan, too, for labs without a router between the ends. A lab takes of it what it needs.
 */
final class Laboratories implements ParameterResolver {
    private static final ExtensionContext.Namespace SPACE = ExtensionContext.Namespace.create(Laboratories.class);

    private static final Map<String, List<String>> LINKS = new TreeMap<>(Map.of(
            "alice", List.of("lan"),
            "carol", List.of("wan"),
            "moon", List.of("lan", "mid", "wan"),
            "sun", List.of("mid", "wan")));

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType().equals(ContainerLaboratory.class);
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        // Before the containers, so that it is closed behind them.
        DockerEngine engine = new OnDocker().resolveParameter(parameter, context);
        return context.getRoot()
                .getStore(SPACE)
                .computeIfAbsent(
                        ContainerLaboratory.class,
                        key -> ContainerLaboratory.open(images(engine), LINKS),
                        ContainerLaboratory.class);
    }

    /** The images of the engine, to which Testcontainers is led. */
    static ContainerLaboratory.Images images(DockerEngine engine) {
        EngineConnection.lead(engine);
        return new ContainerLaboratory.Images(engine.image(), engine.tools());
    }
}
