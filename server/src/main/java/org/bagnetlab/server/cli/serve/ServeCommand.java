package org.bagnetlab.server.cli.serve;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.bagnetlab.server.Endpoint;
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

/** Serves the dashboard and runs the queued jobs until it is stopped. */
@Command(name = "serve", description = "Serve the dashboard and run queued jobs until stopped.")
public final class ServeCommand implements Callable<Integer> {

  @Option(
      names = "--launcher",
      defaultValue = "local",
      description =
          "Where jobs run: local (this machine) or slurm (a Slurm cluster, as configured in the"
              + " slurm section of bagnetlab.yaml). Default: ${DEFAULT-VALUE}. With slurm, the"
              + " data directory, the application and Java must be at the same paths on all nodes;"
              + " see docs/slurm.md.")
  private String launcher = "local";

  @Option(
      names = "--rebuild",
      description =
          "If the database is missing, damaged, another lab's or older than the files of runs, or if"
              + " these are missing, do not refuse to start: continue with what is there, and move"
              + " all unknown files to quarantine/. Has no effect if nothing is wrong.")
  private boolean rebuild;

  @Option(
      names = "--log",
      defaultValue = "text",
      description =
          "Form of the log on standard error: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
  private LogForm log = LogForm.text;

  @Mixin private NetworkOptions network = new NetworkOptions();

  @Mixin private DeviceOptions devices = new DeviceOptions();

  @Mixin private DataOption data = new DataOption();

  @Override
  public Integer call() throws Exception {
    log.use();
    Endpoint endpoint = network.endpoint();
    ServerSettings settings = settings(endpoint);
    warnings(endpoint).forEach(System.err::println);
    List<String> login = network.howToLogIn(endpoint, data.directory());
    settings
        .jobs()
        .launcher()
        .refusal()
        .ifPresent(why -> System.err.println("Jobs cannot start: " + why));
    ServerRun run = ServerRun.start(settings, rebuild ? Recovery.REBUILD : Recovery.REFUSE);
    System.out.printf("Bagnet Lab is at %s%n", run.address());
    login.forEach(System.out::println);
    System.out.printf("Data directory: %s. Stop with Ctrl-C.%n", data.directory());
    run.await();
    return 0;
  }

  /** Warnings about security risks. */
  private List<String> warnings(Endpoint endpoint) throws IOException {
    List<String> warnings = new ArrayList<>(network.warnings(endpoint));
    ExposedSecrets.warning(data.directory(), LabConfiguration.in(data.directory()))
        .ifPresent(warning -> warnings.add("Warning: " + warning));
    return warnings;
  }

  private ServerSettings settings(Endpoint endpoint) throws IOException {
    if (!Set.of("local", "slurm").contains(launcher)) {
      throw new Failure("--launcher must be local or slurm, but is %s.".formatted(launcher));
    }
    if (launcher.equals("local")) {
      return ServerSettings.local(endpoint, data.directory(), devices.choose(data.directory()));
    }
    if (devices.chosen()) {
      throw new Failure(
          "With --launcher slurm, devices are set in the slurm section of bagnetlab.yaml: omit"
              + " --backend and --cpu-slots.");
    }
    SharedDirectory.warning(data.directory()).ifPresent(System.err::println);
    return ServerSettings.slurm(endpoint, data.directory());
  }
}
