package org.bagnetlab.queue.launch.slurm;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.bagnetlab.queue.device.DeviceSlot;
import org.bagnetlab.queue.launch.CommandLine;
import org.bagnetlab.queue.launch.LauncherNotice;
import org.bagnetlab.queue.launch.WorkerLauncher;
import org.bagnetlab.storage.directory.LabIdentity;

/**
 * Starts a job's worker with {@code srun}, which forwards lines in both directions. All of a job's
 * Slurm jobs share one name, by which this or a later server finds and ends them.
 */
public final class SlurmLauncher implements WorkerLauncher {

  private static final int SHORT = 8;

  /**
   * A script for the node's shell. Its arguments are the worker's directory, the application
   * directory and the worker's command line. It checks the directory, because Slurm would start the
   * worker elsewhere if the directory were missing.
   */
  private static final String ON_THE_NODE =
      """
      for path in "$1" "$2" "$3"; do
        [ -e "$path" ] || { echo "bagnetlab: ${SLURMD_NODENAME:-it} has no $path" >&2; exit 1; }
      done
      cd "$1" || exit 1
      shift 2
      exec "$@"
      """;

  /**
   * Slurm sets this variable in an allocation. If the server runs in one, the allocation's
   * variables would affect its workers.
   */
  private static final String ALLOCATION = "SLURM_JOB_ID";

  /** Environment variables by which Slurm's commands find their configuration. */
  private static final Set<String> KEPT = Set.of("SLURM_CONF", "SLURM_CONF_SERVER", "SLURM_JWT");

  private final WorkerLauncher here;
  private final WorkerLauncher there;
  private final Path application;
  private final SlurmRequest request;
  private final Map<String, String> variables;
  private final SlurmClient slurm;
  private final String prefix;

  /**
   * A launcher for the workers of one server.
   *
   * @param here starts processes on this machine that run no job
   * @param there creates the command lines of workers on the nodes
   * @param application the application directory, at the same path on all nodes
   * @param lab the data directory, also at the same path on all nodes
   * @param request resources that each worker requests
   * @param variables environment variables for Slurm's commands, in addition to those of the server
   */
  public SlurmLauncher(
      WorkerLauncher here,
      WorkerLauncher there,
      Path application,
      LabIdentity lab,
      SlurmRequest request,
      Map<String, String> variables) {
    this.here = here;
    this.there = there;
    this.application = application;
    this.request = request;
    this.variables = Map.copyOf(variables);
    this.slurm = new SlurmClient(variables);
    this.prefix = "bagnetlab-" + id(lab) + "-";
  }

  /**
   * Checks that Slurm's commands exist.
   *
   * @throws IllegalStateException if they do not exist, with advice
   */
  public static void requireCommands() {
    SlurmClient.require();
  }

  /**
   * An id of the data directory that differs from that of a copy, and of other data directories
   * that had this path.
   */
  private static String id(LabIdentity lab) {
    try {
      byte[] identity = (lab.id() + " " + lab.path()).getBytes(StandardCharsets.UTF_8);
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance("SHA-256").digest(identity))
          .substring(0, SHORT);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every Java version has SHA-256
    }
  }

  /** The name of a job in Slurm. */
  String name(long job) {
    return prefix + job;
  }

  @Override
  public CommandLine commandLine(DeviceSlot slot) {
    return here.commandLine(slot);
  }

  @Override
  public CommandLine commandLine(DeviceSlot slot, long job, Path directory) {
    CommandLine worker = there.commandLine(slot);
    List<String> arguments = new ArrayList<>();
    arguments.add("srun");
    arguments.addAll(request.options());
    // These arguments come last, so that user arguments cannot change the job's name or the number
    // of workers.
    arguments.addAll(
        List.of("--nodes=1", "--ntasks=1", "--job-name=" + name(job), "--chdir=" + directory));
    arguments.addAll(
        List.of("sh", "-c", ON_THE_NODE, "sh", directory.toString(), application.toString()));
    arguments.addAll(worker.arguments());
    Map<String, String> environment = new HashMap<>(worker.environment());
    environment.putAll(variables);
    return new CommandLine(arguments, environment, without(System.getenv().keySet()));
  }

  /**
   * The server's environment variables that a worker must not get, because it must not use the
   * server's own allocation.
   */
  static Set<String> without(Set<String> variables) {
    return variables.contains(ALLOCATION)
        ? variables.stream()
            .filter(name -> name.startsWith("SLURM") && !KEPT.contains(name))
            .collect(Collectors.toSet())
        : Set.of();
  }

  @Override
  public boolean onThisMachine() {
    return false;
  }

  @Override
  public Optional<String> refusal() {
    return slurm.silence().map("Slurm does not respond: %s."::formatted);
  }

  @Override
  public Optional<LauncherNotice> notice(String line) {
    return SlurmNotices.of(line);
  }

  @Override
  public Optional<LauncherNotice.Ending> explanation(long job, Path directory, boolean reported) {
    Optional<SlurmJob> found = slurm.find(name(job), directory);
    return found.isPresent() || reported ? found.flatMap(SlurmNotices::end) : Optional.of(noJob());
  }

  private LauncherNotice.Ending noJob() {
    return slurm
        .silence()
        .map(SlurmNotices::unreachable)
        .or(() -> slurm.refusal(request.options()).map(SlurmNotices::refused))
        .orElseGet(() -> SlurmNotices.noPlace("srun ended without a job"));
  }

  @Override
  public boolean end(Collection<Long> jobs) {
    return slurm.cancel(jobs.stream().map(this::name).toList());
  }
}
