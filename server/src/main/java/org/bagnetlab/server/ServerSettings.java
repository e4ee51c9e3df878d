package org.bagnetlab.server;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Set;
import org.bagnetlab.queue.WorkerLimits;
import org.bagnetlab.queue.device.Devices;
import org.bagnetlab.queue.process.LocalLauncher;
import org.bagnetlab.queue.process.WorkerLauncher;
import org.bagnetlab.server.configuration.LabConfiguration;
import org.bagnetlab.server.housekeeping.HousekeepingSettings;

/**
 * How a server runs.
 *
 * @param host that it listens on
 * @param port that it listens on; 0: any free one
 * @param names under which it is reached beside its host and loopback
 * @param dataDirectory what it keeps
 * @param devices that jobs run on
 * @param launcher starts workers
 * @param limits of patience with workers
 * @param housekeeping how the disk, old files and people are looked after
 * @param clock for all times that are stored
 */
public record ServerSettings(
    String host,
    int port,
    Set<String> names,
    Path dataDirectory,
    Devices devices,
    WorkerLauncher launcher,
    WorkerLimits limits,
    HousekeepingSettings housekeeping,
    Clock clock) {

  /**
   * A server whose jobs run on this machine, in workers of this application, as the data
   * directory's configuration says.
   */
  public static ServerSettings local(
      String host, int port, Set<String> names, Path dataDirectory, Devices devices)
      throws IOException {
    LabConfiguration configuration = LabConfiguration.in(dataDirectory);
    return new ServerSettings(
        host,
        port,
        names,
        dataDirectory,
        devices,
        LocalLauncher.ofThisApplication(),
        configuration.workers().limits(),
        configuration.housekeeping().settings(),
        Clock.systemUTC());
  }
}
