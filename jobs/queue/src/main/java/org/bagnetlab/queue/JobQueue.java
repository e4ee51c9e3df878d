package org.bagnetlab.queue;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.bagnetlab.experiment.JobSpec;
import org.bagnetlab.experiment.catalogue.Catalogue;
import org.bagnetlab.experiment.request.InvalidSpec;
import org.bagnetlab.queue.device.Device;
import org.bagnetlab.queue.device.DeviceSlot;
import org.bagnetlab.queue.device.GpuReadings;
import org.bagnetlab.queue.device.StartGate;
import org.bagnetlab.queue.event.QueueEvent;
import org.bagnetlab.queue.event.QueueEvents;
import org.bagnetlab.queue.forecast.Outlook;
import org.bagnetlab.queue.job.Cause;
import org.bagnetlab.queue.job.IllegalTransition;
import org.bagnetlab.queue.job.Job;
import org.bagnetlab.queue.job.JobConflict;
import org.bagnetlab.queue.job.JobEvent;
import org.bagnetlab.queue.job.JobState;
import org.bagnetlab.queue.job.Lifecycle;
import org.bagnetlab.queue.job.RequestRefused;
import org.bagnetlab.queue.job.Transition;
import org.bagnetlab.queue.lane.InteractiveJobs;
import org.bagnetlab.queue.lane.InteractiveLane;
import org.bagnetlab.queue.recovery.Orphans;
import org.bagnetlab.queue.recovery.Resumptions;
import org.bagnetlab.queue.recovery.RunDirectoryCleaner;
import org.bagnetlab.queue.run.DeviceWorkerVerticle;
import org.bagnetlab.queue.run.JobResults;
import org.bagnetlab.queue.run.WorkerContext;
import org.bagnetlab.queue.schedule.Lanes;
import org.bagnetlab.queue.schedule.Scheduler;
import org.bagnetlab.queue.schedule.WindowTimer;
import org.bagnetlab.queue.spec.JobRequest;
import org.bagnetlab.queue.spec.JobSpecReader;
import org.bagnetlab.queue.store.FlatTrainings;
import org.bagnetlab.queue.store.Futures;
import org.bagnetlab.queue.store.ImportedJob;
import org.bagnetlab.queue.store.JobChanges;
import org.bagnetlab.queue.store.JobRows;
import org.bagnetlab.queue.store.JobStore;
import org.bagnetlab.queue.store.LikeJobs;
import org.bagnetlab.queue.store.QueueOrder;
import org.bagnetlab.queue.store.Removal;
import org.bagnetlab.queue.store.SweepRows;
import org.bagnetlab.queue.store.TrainedRuns;
import org.bagnetlab.queue.sweep.SweepPlan;
import org.bagnetlab.queue.window.JobWindows;
import org.bagnetlab.queue.window.WindowGate;
import org.bagnetlab.storage.annotation.AnnotationRow;
import org.bagnetlab.storage.annotation.AnnotationTable;
import org.bagnetlab.storage.database.Database;
import org.bagnetlab.storage.file.ArtifactStore;
import org.bagnetlab.storage.job.JobRow;
import org.bagnetlab.storage.job.JobTable;
import org.bagnetlab.storage.sweep.SweepRow;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The queue's public interface: accepts jobs, reports their states, and runs them on its devices.
 * Changes are published through {@link QueueEvents}. Futures complete on the caller's context.
 */
public final class JobQueue {

  private static final Logger LOG = LoggerFactory.getLogger(JobQueue.class);

  private final Vertx vertx;
  private final QueueEvents events;
  private final JobStore jobs;
  private final JobDeletion deletion;
  private final TrainedRuns trainedRuns;
  private final Catalogue catalogue;
  private final Database database;
  private final InteractiveJobs interactiveJobs;
  private final boolean hasLane;

  /** The workers of the devices and of the interactive lane. */
  private final List<DeviceWorkerVerticle> workers = new ArrayList<>();

  private final Lanes lanes;
  private final JobLists lists;
  private final SharedOutlook outlook;
  private final WindowTimer windowTimer;
  private final ReusableJobs reusable;
  private final Sweeps sweeps;

  private JobQueue(Vertx vertx, QueueSetup setup) {
    this.vertx = vertx;
    this.database = setup.storage().database();
    this.events = QueueEvents.open(vertx);
    this.jobs =
        new JobStore(
            vertx,
            database,
            events,
            new Lifecycle(setup.workers().limits().retryPolicy()),
            setup.clock());
    this.deletion = new JobDeletion(vertx, setup, jobs, events);
    ArtifactStore artifacts = setup.storage().artifacts();
    JobResults results = new JobResults(vertx, database, artifacts, events);
    this.catalogue = setup.catalogue();
    this.trainedRuns = new TrainedRuns(setup.catalogue());
    Resumptions resumptions = new Resumptions(vertx, database, artifacts);
    Function<DeviceSlot, DeviceWorkerVerticle> worker =
        slot ->
            new DeviceWorkerVerticle(
                new WorkerContext(
                    slot,
                    setup.workers().devices().meters().of(slot),
                    setup.workers().launcher(),
                    setup.workers().limits(),
                    setup.workers().policy().idle(),
                    setup
                        .workers()
                        .policy()
                        .flat()
                        .map(rule -> new FlatTrainings(rule, setup.catalogue())),
                    setup.storage().directory(),
                    jobs,
                    results,
                    trainedRuns,
                    artifacts,
                    resumptions,
                    events,
                    setup.ticker()));
    List<DeviceWorkerVerticle> devices =
        setup.workers().devices().slots().stream().map(worker).toList();
    List<DeviceWorkerVerticle> lane =
        setup.workers().lane().map(InteractiveLane::slot).map(worker).stream().toList();
    workers.addAll(devices);
    workers.addAll(lane);
    this.hasLane = setup.workers().lane().isPresent();
    this.interactiveJobs =
        new InteractiveJobs(catalogue, trainedRuns, artifacts, setup.workers().lane());
    List<StartGate> gates = new ArrayList<>(setup.workers().gates());
    gates.add(slot -> vertx.executeBlocking(setup.workers().launcher()::refusal, false));
    JobWindows windows = setup.workers().policy().windows();
    List<StartGate> queueGates = new ArrayList<>(List.of(new WindowGate(windows, setup.clock())));
    queueGates.addAll(gates);
    this.lanes =
        new Lanes(
            new Scheduler(
                vertx,
                jobs,
                events,
                queueGates,
                setup.workers().devices().gpus().map(gpus -> new GpuReadings(vertx, gpus)),
                devices,
                false),
            setup
                .workers()
                .lane()
                .map(
                    any ->
                        new Scheduler(vertx, jobs, events, gates, Optional.empty(), lane, true)));
    this.windowTimer = new WindowTimer(vertx, setup.clock(), windows, devices, lanes::wake);
    this.reusable = new ReusableJobs(catalogue);
    this.sweeps = new Sweeps(vertx, jobs, reusable, trainedRuns, this::insert, deletion, lanes);
    this.lists = new JobLists(jobs, lanes, setup.workers().devices().slots(), windows);
    this.outlook = new SharedOutlook(jobs, lists::outlook);
  }

  /**
   * Recovers the state left by a previous server. No job runs until {@link #startJobs}. There must
   * be only one queue per Vert.x instance.
   */
  public static Future<JobQueue> start(Vertx vertx, QueueSetup setup) {
    JobQueue queue = new JobQueue(vertx, setup);
    return new Orphans(
            vertx, queue.jobs, setup.workers().launcher(), setup.storage().directory().identity())
        .end()
        .compose(
            ended ->
                new RunDirectoryCleaner(
                        vertx, setup.storage().directory(), setup.storage().database())
                    .clean()
                    .map(cleaned -> ended))
        .compose(queue::interruptWorking)
        .compose(interrupted -> queue.sweeps.completePending())
        .compose(ended -> queue.jobs.resumeFirst())
        .compose(resumed -> queue.leaveLaneThatIsGone())
        .compose(left -> Future.all(queue.workers.stream().map(vertx::deployVerticle).toList()))
        .map(queue);
  }

  /** Starts running jobs. */
  public void startJobs() {
    lanes.open();
    windowTimer.start();
  }

  /**
   * A server without an interactive lane queues an earlier server's interactive jobs like all
   * others.
   */
  private Future<Integer> leaveLaneThatIsGone() {
    return hasLane
        ? Future.succeededFuture(0)
        : jobs.change(changes -> changes.tables().jobs().leaveInteractiveLane());
  }

  private Future<List<Job>> interruptWorking(Map<Long, Cause> ends) {
    return jobs.applyToWorking(
            job ->
                new JobEvent.Orphaned(
                    jobs.now(),
                    ends.getOrDefault(job.id(), Cause.Simple.SERVER_DIED_BEFORE_START),
                    ends.containsKey(job.id())))
        .onSuccess(
            all ->
                all.forEach(
                    job ->
                        LOG.atWarn()
                            .addKeyValue("job", job.id())
                            .log("Job {} was interrupted", job.id())));
  }

  /**
   * Queues a job. Fails with {@link org.bagnetlab.experiment.request.InvalidSpec} if it is invalid.
   */
  public Future<Job> submit(JobRequest request) {
    Supplier<Future<Job>> work =
        () ->
            jobs.change(
                changes -> {
                  request
                      .sweep()
                      .ifPresent(sweep -> SweepSubmission.requireSettled(changes, sweep));
                  return jobs.job(changes.tables(), insert(changes, request));
                });
    return request
        .sweep()
        .map(sweep -> sweeps.inTurn(sweep, work))
        .orElseGet(work)
        .onSuccess(job -> lanes.wake());
  }

  /**
   * Queues the jobs of a batch, all or none, except those whose results exist or are being
   * computed. Fails with {@link org.bagnetlab.experiment.request.InvalidSpec} if one is invalid.
   */
  public Future<JobBatch.Submitted> submit(JobBatch batch) {
    return jobs.change(
            changes ->
                new BatchSubmission(
                        new JobSpecReader(catalogue).forMany(),
                        trainedRuns,
                        reusable,
                        this::insert,
                        changes)
                    .submit(batch))
        .onSuccess(submitted -> lanes.wake());
  }

  /** Which jobs of a batch exist, how long the others would take, and which are refused. */
  public Future<JobBatch.Check> check(JobBatch.Draft batch) {
    return jobs.read(
        tables ->
            new BatchCheck(
                    new JobSpecReader(catalogue).forMany(),
                    trainedRuns,
                    reusable,
                    tables,
                    lists.likeJobs(tables))
                .check(batch));
  }

  /**
   * Queues a job with the specification of another, to compare what both measure. Fails with {@link
   * RequestRefused} if there is no such job, and as {@link #submit} does.
   */
  public Future<Job> reproduce(long id) {
    return jobs.change(
            changes -> {
              JobTable table = changes.tables().jobs();
              JobRow row = table.find(id).orElseThrow(() -> RequestRefused.noJob(id));
              long again =
                  insert(changes, JobRequest.of(JobRows.spec(row), row.title(), Optional.empty()));
              table.reproduces(again, row.reproduces().orElse(id));
              return jobs.job(changes.tables(), again);
            })
        .onSuccess(job -> lanes.wake());
  }

  /** Stores a job that succeeded in another lab, completely or not at all. */
  public Future<Job> insert(ImportedJob imported) {
    return jobs.insert(imported);
  }

  /**
   * A submitted interactive job.
   *
   * @param isNew whether it was newly queued; otherwise its result exists or will exist soon
   */
  public record Submission(Job job, boolean isNew) {}

  /**
   * Queues an interactive job, unless a job with the same specification provides its result. Fails
   * like {@link #submit}, and with {@link RequestRefused} if too many jobs are waiting.
   */
  public Future<Submission> submitInteractive(JobRequest request) {
    return jobs.change(
            changes -> {
              Optional<JobRow> same = interactiveJobs.same(changes.tables(), request.spec());
              long id = same.isPresent() ? same.get().id() : insert(changes, request);
              return new Submission(jobs.job(changes.tables(), id), same.isEmpty());
            })
        .onSuccess(submission -> lanes.wake());
  }

  /**
   * What is known of a job before it is queued.
   *
   * @param equal the jobs with the same specification, the newest first
   * @param time how long it would occupy a device; empty if unknown
   */
  public record Expected(List<Job> equal, Optional<LikeJobs.Estimate> time) {

    /** Nothing is known of it. */
    public static Expected unknown() {
      return new Expected(List.of(), Optional.empty());
    }
  }

  /** What is known of a job before it is queued; nothing if its run does not exist. */
  public Future<Expected> expected(JobRequest request) {
    return jobs.read(
        tables -> {
          JobSpec spec;
          try {
            spec = trainedRuns.completed(tables, request).spec();
          } catch (InvalidSpec unknownRun) {
            return Expected.unknown();
          }
          return new Expected(
              tables.jobs().ofSpec(JobRows.text(spec)).reversed().stream().map(jobs::job).toList(),
              lists.likeJobs(tables).whole(spec, Optional.empty()));
        });
  }

  /** How long the trainings of a sweep that is not queued yet would occupy devices. */
  public Future<LikeJobs.Estimates> expected(SweepPlan plan) {
    return jobs.read(
        tables ->
            lists.likeJobs(tables).whole(plan.jobs().stream().map(JobRequest::spec).toList()));
  }

  private long insert(JobChanges changes, JobRequest request) {
    boolean held = request.sweep().map(name -> held(changes, name)).orElse(false);
    return insert(changes, request, held);
  }

  private long insert(JobChanges changes, JobRequest asked, boolean held) {
    requireWeights(asked.spec());
    JobRequest request = trainedRuns.completed(changes.tables(), asked);
    Optional<Long> awaited = trainedRuns.awaited(changes.tables(), request.spec());
    if (request.interactive()) {
      interactiveJobs.check(changes.tables(), request, awaited, lanes.interactiveRefusal());
    }
    return jobs.insert(changes, request, held, awaited);
  }

  /**
   * Checks, in the transaction that queues a job, that its weights were not removed in the
   * meantime.
   */
  private void requireWeights(JobSpec spec) {
    spec.needs()
        .filter(
            asked ->
                catalogue
                    .weights(asked.name())
                    .filter(known -> known.checksum().equals(asked.checksum()))
                    .isEmpty())
        .ifPresent(
            gone -> {
              throw new InvalidSpec(
                  "weights",
                  "The weights '%s' have just been removed or replaced.".formatted(gone.name()));
            });
  }

  /** Whether a sweep is held; creates the sweep if it does not exist. */
  private boolean held(JobChanges changes, String name) {
    Optional<SweepRow> sweep = changes.tables().sweeps().find(name);
    if (sweep.isEmpty()) {
      changes.tables().sweeps().insert(SweepRows.row(name, jobs.now()));
    }
    return sweep.filter(SweepRow::held).isPresent();
  }

  /** The sweeps. */
  public Sweeps sweeps() {
    return sweeps;
  }

  /** The job with this id. Fails with {@link RequestRefused}. */
  public Future<Job> find(long id) {
    return jobs.find(id);
  }

  /** A page of the jobs that a filter lets through. */
  public Future<JobPage> list(JobFilter filter, JobOrder order, int limit, int offset) {
    return jobs.read(tables -> lists.page(tables, filter, order, limit, offset));
  }

  /** When a waiting job runs; empty if it does not wait, or if nothing says that it will run. */
  public Future<Optional<QueuePlace>> place(long id) {
    return jobs.read(tables -> lists.place(tables, id));
  }

  /**
   * When the running and waiting jobs will have ended, and when the sweeps will, as of a few
   * seconds ago at most, and after every change of jobs.
   */
  public Future<Outlook> outlook() {
    return Futures.of(vertx, outlook.get().toCompletionStage().toCompletableFuture());
  }

  /** Changes the annotations of a job. Fails with {@link RequestRefused}. */
  public Future<AnnotationRow> annotate(long id, UnaryOperator<AnnotationRow> change) {
    return jobs.change(
            changes -> {
              jobs.job(changes.tables(), id);
              AnnotationTable table = changes.tables().annotations();
              AnnotationRow changed =
                  change.apply(table.find(id).orElseGet(() -> AnnotationRow.none(id)));
              table.put(changed);
              return changed;
            })
        .onSuccess(changed -> events.publish(new QueueEvent.Annotated(changed)));
  }

  /** Removes weights unless a job needs them: see {@link Removal#ofWeights}. */
  public Future<Void> removeWeights(String weights, Removal removal) {
    return Futures.of(vertx, Removal.ofWeights(database, weights, removal));
  }

  /** Removes a data set unless a job needs it: see {@link Removal#ofDataset}. */
  public Future<Void> removeDataset(String dataset, Removal removal) {
    return Futures.of(vertx, Removal.ofDataset(database, dataset, removal));
  }

  /** The history of a job's states. Fails with {@link RequestRefused}. */
  public Future<List<Transition>> timeline(long id) {
    return jobs.read(
        tables -> {
          jobs.job(tables, id);
          return tables.jobs().transitions(id).stream().map(JobRows::transition).toList();
        });
  }

  /**
   * Changes jobs together: all of them, or none if one cannot be changed so. Fails with {@link
   * IllegalTransition}, {@link JobConflict} or {@link RequestRefused}.
   */
  public Future<List<Job>> change(List<Long> ids, JobChange change) {
    return jobs.change(
            changes -> {
              switch (change) {
                case JobChange.Cancel() ->
                    each(
                        changes,
                        ids,
                        id ->
                            changes.apply(
                                id,
                                new JobEvent.CancelRequested(
                                    jobs.now(), Cause.Simple.CANCEL_REQUESTED)));
                case JobChange.Pause() ->
                    each(
                        changes,
                        ids,
                        id -> changes.apply(id, new JobEvent.PauseRequested(jobs.now())));
                case JobChange.Resume() -> each(changes, ids, id -> resume(changes, id));
                case JobChange.Place(Move move) -> move(changes, ids, move);
              }
              return ids.stream().map(id -> jobs.job(changes.tables(), id)).toList();
            })
        .onSuccess(
            changed -> {
              if (change instanceof JobChange.Cancel || change instanceof JobChange.Pause) {
                ids.forEach(lanes::stopWorker);
              }
              lanes.wake();
            });
  }

  /**
   * Changes each job, except those whose state has changed with that of an earlier one: a job ends
   * with the training that it waits for, and is queued again with it. Trainings have smaller ids
   * than the jobs that follow them.
   */
  private static void each(JobChanges changes, List<Long> ids, LongConsumer change) {
    Map<Long, JobState.Name> before = new HashMap<>();
    ids.forEach(id -> before.put(id, name(changes, id)));
    ids.stream()
        .sorted()
        .filter(id -> name(changes, id) == before.get(id))
        .forEachOrdered(change::accept);
  }

  private static JobState.Name name(JobChanges changes, long id) {
    return JobRows.name(
        changes.tables().jobs().find(id).orElseThrow(() -> RequestRefused.noJob(id)));
  }

  private Future<Job> change(long id, JobChange change) {
    return change(List.of(id), change).map(List::getFirst);
  }

  /** Cancels a job, immediately if it is waiting. */
  public Future<Job> cancel(long id) {
    return change(id, new JobChange.Cancel());
  }

  /** Pauses a job: its worker writes a state to resume from and frees its device. */
  public Future<Job> pause(long id) {
    return change(id, new JobChange.Pause());
  }

  /** Changes when a queued job runs. */
  public Future<Job> move(long id, Move move) {
    return change(id, new JobChange.Place(move));
  }

  /** Queues a job again; it resumes from its last state. */
  public Future<Job> resume(long id) {
    return change(id, new JobChange.Resume());
  }

  /** Moves jobs; those that go to a place, not to a priority, get this order. */
  private static void move(JobChanges changes, List<Long> ids, Move move) {
    JobTable table = changes.tables().jobs();
    QueueOrder order = new QueueOrder(table);
    boolean backwards = move instanceof Move.First || move instanceof Move.After;
    for (long id : backwards ? ids.reversed() : ids) {
      JobRow job = queued(table, id);
      switch (move) {
        case Move.First() -> order.first(job);
        case Move.Last() -> order.last(job);
        case Move.Before(long other) -> order.before(job, queued(table, other));
        case Move.After(long other) -> order.after(job, queued(table, other));
        case Move.Priority(int priority) -> table.prioritise(id, priority);
      }
      changes.touch(id);
    }
  }

  private static JobRow queued(JobTable table, long id) {
    JobRow row = table.find(id).orElseThrow(() -> RequestRefused.noJob(id));
    if (JobRows.name(row) != JobState.Name.QUEUED) {
      throw new JobConflict(
          "Job %d is %s: only QUEUED jobs can be moved.".formatted(id, row.state().name()));
    }
    if (row.order().interactive()) {
      throw new JobConflict(
          "Job %d is interactive: such jobs run in the order of their submission.".formatted(id));
    }
    return row;
  }

  /** Fails if the job is interactive and too many are waiting. */
  private void resume(JobChanges changes, long id) {
    JobRow row = changes.tables().jobs().find(id).orElseThrow(() -> RequestRefused.noJob(id));
    refuseIfHeld(row);
    if (row.order().interactive() && !JobRows.name(row).active()) {
      interactiveJobs.checkRoom(changes.tables());
    }
    jobs.rules().resume(changes, row, jobs.now(), Cause.Simple.RESUMED);
  }

  /** Rejects resuming a queued job whose sweep is held, because it would have no effect. */
  private static void refuseIfHeld(JobRow row) {
    if (JobRows.name(row) == JobState.Name.QUEUED && row.order().held()) {
      throw new JobConflict(
          "Job %d is QUEUED, but its sweep %s is held: release the sweep first."
              .formatted(row.id(), row.sweep().orElse("")));
    }
  }

  /**
   * Removes an ended job, its rows and files. Fails with {@link JobConflict} if another job needs
   * it.
   */
  public Future<Void> delete(long id) {
    return deletion.delete(id);
  }

  /** The devices in their current state. */
  public List<Device> devices() {
    return lanes.devices();
  }

  /** Whether a job runs on a GPU. */
  public boolean usesGpus() {
    return devices().stream()
        .anyMatch(device -> device.gpu().isPresent() && device.job().isPresent());
  }

  /** Publishes the GPUs with their latest readings. */
  public void publishGpus() {
    lanes.publishGpus();
  }

  /** Stops starting jobs: queued ones stay QUEUED, running ones continue. */
  public Future<Void> startNoMore() {
    return lanes.close();
  }

  /** Stops the workers; their jobs become INTERRUPTED, all others stay unchanged. */
  public Future<Void> close() {
    sweeps.close();
    return startNoMore()
        .compose(
            closed ->
                Future.join(
                    workers.stream()
                        .filter(worker -> worker.deploymentID() != null)
                        .map(worker -> vertx.undeploy(worker.deploymentID()))
                        .toList()))
        .otherwiseEmpty()
        .compose(undeployed -> jobs.applyToWorking(this::endWithoutWorker))
        .onComplete(stopped -> events.close())
        .mapEmpty();
  }

  /** The event that ends a RUNNING job that has no worker. */
  private JobEvent endWithoutWorker(Job job) {
    return job.worker().isPresent()
        ? new JobEvent.Lost(jobs.now(), Cause.Simple.SERVER_STOPPED_BEFORE_STORED, false)
        : new JobEvent.GivenBack(jobs.now(), Cause.Simple.SERVER_STOPPED_BEFORE_START);
  }
}
