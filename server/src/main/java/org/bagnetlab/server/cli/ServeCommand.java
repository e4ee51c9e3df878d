package org.bagnetlab.server.cli;

import java.util.Set;
import java.util.concurrent.Callable;
import org.bagnetlab.server.ServerSettings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Serves the dashboard and works through the queue until it is stopped. */
@Command(
    name = "serve",
    description = "Serve the dashboard and work through the queue until stopped.",
    mixinStandardHelpOptions = true)
final class ServeCommand implements Callable<Integer> {

  @Option(
      names = "--host",
      defaultValue = "127.0.0.1",
      description =
          "Address to listen on. Default: ${DEFAULT-VALUE}. Whoever reaches it may run jobs:"
              + " there is no login.")
  private String host = "127.0.0.1";

  @Option(
      names = "--port",
      defaultValue = "8080",
      description = "Default: ${DEFAULT-VALUE}; 0 takes any free one.")
  private int port;

  @Option(
      names = "--name",
      paramLabel = "HOST",
      description =
          "A name under which browsers reach the server, for example behind a proxy. May be"
              + " repeated; loopback and the listening address need none.")
  private Set<String> names = Set.of();

  @Mixin private DeviceOptions devices = new DeviceOptions();

  @Mixin private DataOption data = new DataOption();

  @Override
  public Integer call() throws Exception {
    ServerRun run =
        ServerRun.start(
            ServerSettings.local(host, port, names, data.directory(), devices.choose()));
    System.out.printf("Bagnet Lab is at %s%n", run.address());
    System.out.printf("Everything is kept in %s. Stop with Ctrl-C.%n", data.directory());
    run.await();
    return 0;
  }
}
