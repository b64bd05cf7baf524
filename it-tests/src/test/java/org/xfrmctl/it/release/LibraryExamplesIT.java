package org.xfrmctl.it.release;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringWriter;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** The examples of docs/LIBRARIES.md, compiled and run with the jars that Maven gives who depends on that module alone. */
@Isolated("what is printed meanwhile is compared")
class LibraryExamplesIT {
    private static final Path EXAMPLES = Built.ROOT.resolve(Path.of("examples", "library"));

    @TempDir
    Path classes;

    @Test
    void netlinkIsOfUseAlone() throws Exception {
        compile("AddAndList", jars("xfrmctl-netlink"));
        // The kernel that it talks to here comes from datapath, as no machine need have one that may be changed.
        try (URLClassLoader loader = loader(jars("xfrmctl-datapath"))) {
            Object kernel = userspaceKernel(loader);
            Method run = Stream.of(loader.loadClass("AddAndList").getDeclaredMethods())
                    .filter(method -> method.getName().equals("run"))
                    .findFirst()
                    .orElseThrow();
            run.setAccessible(true);
            assertThat(printed(() -> run.invoke(null, kernel))).isEqualTo("""
                            src 192.0.2.1 dst 192.0.2.2
                            \tproto esp spi 0x00001001 reqid 0 mode tunnel
                            \treplay-window 0\s
                            \taead rfc4106(gcm(aes)) <<Keys hidden>> 128
                            \tanti-replay context: seq 0x0, oseq 0x0, bitmap 0x00000000
                            \tsel src 0.0.0.0/0 dst 0.0.0.0/0\s
                            """);
        }
    }

    @Test
    void datapathIsOfUseAlone() throws Exception {
        List<Path> jars = jars("xfrmctl-datapath");
        compile("TwoHosts", jars);
        try (URLClassLoader loader = loader(jars)) {
            Method main = loader.loadClass("TwoHosts").getMethod("main", String[].class);
            assertThat(printed(() -> main.invoke(null, (Object) new String[0]))).isEqualTo("""
                            120 bytes of IP protocol 50
                            120 bytes of IP protocol 50
                            PingOutcome[sent=1, received=1, error=Optional.empty]
                            src 192.0.2.2 dst 192.0.2.1 proto esp spi 0x00001002 reqid 0 mode transport: 1
                            src 192.0.2.1 dst 192.0.2.2 proto esp spi 0x00001001 reqid 0 mode transport: 1
                            """);
        }
    }

    @Test
    void noPackageIsInTwoModules() throws IOException {
        Set<String> seen = new HashSet<>();
        for (String module : Built.libraries()) {
            Path jar = jars(module).stream()
                    .filter(each -> each.getFileName().toString().startsWith(module))
                    .findFirst()
                    .orElseThrow();
            Set<String> packages = Built.entries(jar).keySet().stream()
                    .filter(name -> name.endsWith(".class"))
                    .map(name -> name.substring(0, name.lastIndexOf('/')))
                    .collect(Collectors.toSet());
            assertThat(seen).as(module).doesNotContainAnyElementsOf(packages);
            seen.addAll(packages);
            try (JarFile file = new JarFile(jar.toFile())) {
                assertThat(file.getManifest().getMainAttributes().getValue("Automatic-Module-Name"))
                        .isEqualTo("org.xfrmctl." + module.substring("xfrmctl-".length()));
            }
        }
    }

    private static List<Path> jars(String module) throws IOException {
        List<Path> jars =
                Built.sbom().closure(module).stream().map(Built::source).toList();
        assertThat(jars).as("jars of " + module).hasSizeGreaterThan(1).allMatch(Files::exists);
        return jars;
    }

    private void compile(String example, List<Path> jars) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter said = new StringWriter();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
            String path = jars.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
            List<String> options = List.of(
                    "--release", "17", "-Xlint:all,-processing", "-Werror", "-cp", path, "-d", classes.toString());
            boolean compiled = compiler.getTask(
                            said,
                            files,
                            null,
                            options,
                            null,
                            files.getJavaFileObjects(EXAMPLES.resolve(example + ".java")))
                    .call();
            assertThat(compiled).as(said.toString()).isTrue();
        }
    }

    /** What the class path of such a program would load, and nothing of the tests'. */
    private URLClassLoader loader(List<Path> jars) throws IOException {
        List<URL> urls = new ArrayList<>(List.of(classes.toUri().toURL()));
        for (Path jar : jars) {
            urls.add(jar.toUri().toURL());
        }
        return new URLClassLoader(urls.toArray(new URL[0]), ClassLoader.getPlatformClassLoader());
    }

    private static Object userspaceKernel(ClassLoader loader) throws ReflectiveOperationException {
        Class<?> namespace = loader.loadClass("org.xfrmctl.datapath.engine.XfrmNamespace");
        Class<?> kernel = loader.loadClass("org.xfrmctl.datapath.kernel.UserspaceKernel");
        Object empty = namespace
                .getConstructor(Clock.class, java.util.random.RandomGenerator.class)
                .newInstance(Clock.systemUTC(), new Random(1));
        return kernel.getMethod("open").invoke(kernel.getConstructor(namespace).newInstance(empty));
    }

    private interface Program {
        void run() throws ReflectiveOperationException;
    }

    private static String printed(Program program) throws ReflectiveOperationException {
        PrintStream before = System.out;
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        System.setOut(new PrintStream(bytes, true, StandardCharsets.UTF_8));
        try {
            program.run();
        } finally {
            System.setOut(before);
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
