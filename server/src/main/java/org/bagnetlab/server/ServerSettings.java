package org.bagnetlab.server;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.stream.IntStream;
import org.bagnetlab.queue.device.DeviceSlot;
import org.bagnetlab.queue.device.Devices;
import org.bagnetlab.queue.device.GpuEngines;
import org.bagnetlab.queue.launch.LocalLauncher;
import org.bagnetlab.queue.launch.WorkerLauncher;
import org.bagnetlab.queue.launch.slurm.SlurmLauncher;
import org.bagnetlab.queue.launch.slurm.SlurmRequest;
import org.bagnetlab.server.configuration.LabConfiguration;
import org.bagnetlab.server.configuration.SlurmSection;
import org.bagnetlab.server.housekeeping.HousekeepingSettings;
import org.bagnetlab.server.http.connection.ClientLimits;
import org.bagnetlab.server.results.run.Pooling;
import org.bagnetlab.storage.directory.LabIdentity;

/**
 * The settings of a server.
 *
 * @param endpoint the address that it listens on, and who may use it
 * @param clients limits of clients
 * @param dataDirectory the directory of its data
 * @param jobs how jobs run
 * @param housekeeping disk limits, retention and notifications
 * @param pooling which runs tables average
 * @param clock the clock for all stored times
 */
public record ServerSettings(
    Endpoint endpoint,
    ClientLimits clients,
    Path dataDirectory,
    JobSettings jobs,
    HousekeepingSettings housekeeping,
    Pooling pooling,
    Clock clock) {

  /**
   * Settings of a server whose jobs run on this machine, in workers of this application, as
   * configured in the data directory.
   */
  public static ServerSettings local(Endpoint endpoint, Path dataDirectory, Devices devices)
      throws IOException {
    LabConfiguration configuration = LabConfiguration.in(dataDirectory);
    WorkerLauncher launcher =
        LocalLauncher.ofThisApplication()
            .with(configuration.devices().workerOptions())
            .startingAhead(configuration.workers().startsAhead());
    return of(endpoint, dataDirectory, devices, launcher, configuration);
  }

  /**
   * Settings of a server whose jobs run on a Slurm cluster, as configured in the data directory.
   *
   * @throws IllegalStateException if Slurm's commands or the GPU workers are not available
   */
  public static ServerSettings slurm(Endpoint endpoint, Path dataDirectory) throws IOException {
    LabConfiguration configuration = LabConfiguration.in(dataDirectory);
    SlurmLauncher.requireCommands();
    SlurmSection slurm = configuration.slurm();
    SlurmRequest request = slurm.request();
    LocalLauncher there =
        LocalLauncher.ofThisApplicationElsewhere(slurm.memoryBytes())
            .with(configuration.devices().workerOptions());
    // The shared libraries of the nodes are unknown on this machine.
    GpuEngines engines = GpuEngines.of(there.backends(), there.libraries(System.getenv()));
    String backend = slurm.backend(configuration.devices().order(engines));
    Devices devices =
        Devices.of(
            IntStream.rangeClosed(1, slurm.workers())
                .mapToObj(slot -> new DeviceSlot("Slurm " + slot, backend, request.cpus()))
                .toList());
    WorkerLauncher launcher =
        new SlurmLauncher(
            LocalLauncher.ofThisApplication(),
            there,
            there.application(),
            LabIdentity.of(dataDirectory),
            request,
            Map.of());
    return of(endpoint, dataDirectory, devices, launcher, configuration);
  }

  private static ServerSettings of(
      Endpoint endpoint,
      Path dataDirectory,
      Devices devices,
      WorkerLauncher launcher,
      LabConfiguration configuration) {
    return new ServerSettings(
        endpoint,
        ClientLimits.standard(),
        dataDirectory,
        new JobSettings(
            devices, launcher, configuration.workers().limits(), configuration.policy()),
        configuration.housekeeping(),
        configuration.results().pooled(),
        Clock.systemUTC());
  }
}
