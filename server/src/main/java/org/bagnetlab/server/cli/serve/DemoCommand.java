package org.bagnetlab.server.cli.serve;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.concurrent.Callable;
import org.bagnetlab.protocol.Json;
import org.bagnetlab.server.Endpoint;
import org.bagnetlab.server.ServerSettings;
import org.bagnetlab.server.cli.device.DeviceOptions;
import org.bagnetlab.server.cli.lab.DataOption;
import org.bagnetlab.server.cli.lab.LabClient;
import org.bagnetlab.server.cli.sweep.SweepProgress;
import org.bagnetlab.storage.database.Recovery;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Serves the dashboard with a small study running in it. */
@Command(
    name = "demo",
    description =
        "Serve the dashboard and run the demo sweep: seven small networks on generated images.")
public final class DemoCommand implements Callable<Integer> {

  @Option(
      names = "--port",
      defaultValue = "8080",
      description = "Port to listen on; 0 picks a free one. Default: ${DEFAULT-VALUE}.")
  private int port;

  @Mixin private DeviceOptions devices = new DeviceOptions();

  @Mixin private DataOption data = new DataOption();

  @Override
  public Integer call() throws Exception {
    ServerRun run =
        ServerRun.start(
            ServerSettings.local(
                Endpoint.loopback(port), data.directory(), devices.choose(data.directory())),
            Recovery.REFUSE);
    System.out.printf("The dashboard is at %s%n", run.address());
    LabClient client = new LabClient(run.address());
    JsonNode sweep = client.post("sweeps", Json.MAPPER.createObjectNode().put("preset", "demo"));
    System.out.println(
        sweep.path("existing").asBoolean()
            ? "The demo sweep already exists from a previous start: interrupted jobs are resumed,"
                + " completed jobs are not rerun."
            : "Queued the demo sweep: seven small networks on generated images.");
    System.out.printf("Data directory: %s. Stop with Ctrl-C.%n", data.directory());
    new SweepProgress(client, System.out).followWhilePossible("demo");
    System.out.printf("See Table 1 at %s. The server keeps running until Ctrl-C.%n", run.address());
    run.await();
    return 0;
  }
}
