package org.xfrmctl.model.definition;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Runs the program of a {@code command:} and takes its standard output. Its standard error goes to ours, so that it can
 * say itself what is wrong; its standard input is empty.
 */
final class SecretCommand {
    private final String secret;
    private final SecretSource.Command source;
    private final Duration patience;

    SecretCommand(String secret, SecretSource.Command source, Duration patience) {
        this.secret = secret;
        this.source = source;
        this.patience = patience;
    }

    byte[] run() {
        Process process = start();
        try {
            process.getOutputStream().close();
            FutureTask<byte[]> output = new FutureTask<>(() -> {
                try (InputStream in = process.getInputStream()) {
                    return SecretReader.bounded(in, secret, source.place());
                }
            });
            Thread reader = new Thread(output, "secret command output");
            reader.setDaemon(true);
            reader.start();
            long deadline = System.nanoTime() + patience.toNanos();
            byte[] content = output.get(patience.toNanos(), TimeUnit.NANOSECONDS);
            if (!process.waitFor(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                throw late();
            }
            if (process.exitValue() != 0) {
                throw failed("ended with exit status " + process.exitValue() + "; run it by hand to see why");
            }
            return content;
        } catch (TimeoutException e) {
            throw late();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof ConfigException problem ? problem : failed("could not be read");
        } catch (IOException e) {
            throw failed("could not be run: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failed("was interrupted");
        } finally {
            process.destroyForcibly();
        }
    }

    private Process start() {
        try {
            return new ProcessBuilder(source.arguments())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
        } catch (IOException e) {
            throw failed("could not be started; check that the program exists and may be run");
        }
    }

    private ConfigException late() {
        return failed("took longer than " + patience.toMillis() + " ms and was ended; it must not wait for input");
    }

    private ConfigException failed(String text) {
        return new ConfigException(source.place(), secret + " " + text);
    }
}
