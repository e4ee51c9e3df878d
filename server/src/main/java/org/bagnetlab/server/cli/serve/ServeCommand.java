package org.bagnetlab.server.cli.serve;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.bagnetlab.server.ServerSettings;
import org.bagnetlab.server.cli.device.DeviceOptions;
import org.bagnetlab.server.cli.lab.DataOption;
import org.bagnetlab.server.cli.terminal.Failure;
import org.bagnetlab.server.configuration.ExposedSecrets;
import org.bagnetlab.server.configuration.LabConfiguration;
import org.bagnetlab.storage.database.Recovery;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Serves the dashboard and works through the queue until it is stopped. */
@Command(
    name = "serve",
    description = "Serve the dashboard and work through the queue until stopped.",
    mixinStandardHelpOptions = true)
public final class ServeCommand implements Callable<Integer> {

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
      names = "--launcher",
      defaultValue = "local",
      description =
          "Where jobs run: local, on this machine, or slurm, on the nodes of a Slurm cluster as the"
              + " section slurm of bagnetlab.yaml says. Default: ${DEFAULT-VALUE}. For slurm the"
              + " data directory, the application and Java must be at the same paths on all nodes;"
              + " see docs/slurm.md.")
  private String launcher = "local";

  @Option(
      names = "--name",
      paramLabel = "HOST",
      description =
          "A name under which browsers reach the server, for example behind a proxy. May be"
              + " repeated; loopback and the listening address need none.")
  private Set<String> names = Set.of();

  @Option(
      names = "--rebuild",
      description =
          "If the database is missing, damaged or older than the files of runs, do not refuse to"
              + " start: continue with what there is, and keep all files that it does not know in"
              + " quarantine/. Changes nothing if the database is in order.")
  private boolean rebuild;

  @Mixin private DeviceOptions devices = new DeviceOptions();

  @Mixin private DataOption data = new DataOption();

  @Override
  public Integer call() throws Exception {
    ServerSettings settings = settings();
    warnings().forEach(System.err::println);
    settings.launcher().refusal().ifPresent(why -> System.err.println("Jobs will wait: " + why));
    ServerRun run = ServerRun.start(settings, rebuild ? Recovery.REBUILD : Recovery.REFUSE);
    System.out.printf("Bagnet Lab is at %s%n", run.address());
    System.out.printf("Everything is kept in %s. Stop with Ctrl-C.%n", data.directory());
    run.await();
    return 0;
  }

  /** What people should know before others find it out. */
  private List<String> warnings() throws IOException {
    List<String> warnings = new ArrayList<>();
    if (!address().isLoopbackAddress()) {
      warnings.add(
          "Warning: --host %s lets everybody who reaches this machine run and delete jobs: there is no login."
              .formatted(host));
    }
    ExposedSecrets.warning(data.directory(), LabConfiguration.in(data.directory()))
        .ifPresent(warning -> warnings.add("Warning: " + warning));
    return warnings;
  }

  private InetAddress address() {
    try {
      return InetAddress.getByName(host);
    } catch (UnknownHostException e) {
      throw new Failure("--host must be an address of this machine, but is %s.".formatted(host));
    }
  }

  private ServerSettings settings() throws IOException {
    if (!Set.of("local", "slurm").contains(launcher)) {
      throw new Failure("--launcher must be local or slurm, but is %s.".formatted(launcher));
    }
    if (launcher.equals("local")) {
      return ServerSettings.local(host, port, names, data.directory(), devices.choose());
    }
    if (devices.chosen()) {
      throw new Failure(
          "With --launcher slurm devices are as the section slurm of bagnetlab.yaml says: leave"
              + " --backend and --cpu-slots out.");
    }
    SharedDirectory.warning(data.directory()).ifPresent(System.err::println);
    return ServerSettings.slurm(host, port, names, data.directory());
  }
}
