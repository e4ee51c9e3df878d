package org.bagnetlab.queue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.bagnetlab.queue.device.DeviceSlot;
import org.bagnetlab.queue.launch.CommandLine;
import org.bagnetlab.queue.launch.LocalLauncher;
import org.bagnetlab.queue.launch.WorkerLauncher;

/**
 * Starts tiny workers, with the environment that real ones have.
 *
 * @param behaviour of the next one
 */
public record TinyLauncher(Supplier<String> behaviour) implements WorkerLauncher {

  @Override
  public CommandLine commandLine(DeviceSlot slot) {
    return java(TinyWorker.class, behaviour.get()).with(environment(slot));
  }

  /** A small Java process with the class path of the tests. */
  public static CommandLine java(Class<?> main, String... arguments) {
    Stream<String> java =
        Stream.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx64m",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            main.getName());
    return new CommandLine(Stream.concat(java, Stream.of(arguments)).toList(), Map.of());
  }

  private static Map<String, String> environment(DeviceSlot slot) {
    return new LocalLauncher(Path.of("."), 1 << 30).commandLine(slot).environment();
  }

  /** The same workers as threads of this process. */
  public WorkerLauncher inThisProcess() {
    return new InThisProcess(this);
  }

  private record InThisProcess(TinyLauncher tiny) implements WorkerLauncher {

    @Override
    public CommandLine commandLine(DeviceSlot slot) {
      return tiny.commandLine(slot);
    }

    @Override
    public Process start(DeviceSlot slot, long job, Path directory, Map<String, String> variables)
        throws IOException {
      return WorkerThread.start(tiny.behaviour().get(), environment(slot));
    }
  }
}
