package org.xfrmctl.it.ike;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.xfrmctl.cli.Main;
import org.xfrmctl.cli.kernel.RunningKernel;

/** Runs in a host of the guest: reads commands of xfrmctl, one a line, and answers each with a line of JSON. */
final class LookServer {
    private LookServer() {}

    public static void main(String[] arguments) throws IOException {
        ObjectMapper json = new ObjectMapper();
        BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            StringWriter out = new StringWriter();
            StringWriter err = new StringWriter();
            int status = Main.commandLine(new RunningKernel())
                    .setOut(new PrintWriter(out))
                    .setErr(new PrintWriter(err))
                    .execute(line.split(" "));
            System.out.println(
                    json.writeValueAsString(Map.of("status", status, "out", out.toString(), "err", err.toString())));
            System.out.flush();
        }
    }
}
