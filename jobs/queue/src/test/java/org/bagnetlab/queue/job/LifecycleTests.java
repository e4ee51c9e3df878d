package org.bagnetlab.queue.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.bagnetlab.protocol.ErrorFamily;
import org.bagnetlab.queue.job.JobEvent.Advanced;
import org.bagnetlab.queue.job.JobEvent.Broke;
import org.bagnetlab.queue.job.JobEvent.CancelRequested;
import org.bagnetlab.queue.job.JobEvent.Completed;
import org.bagnetlab.queue.job.JobEvent.GivenBack;
import org.bagnetlab.queue.job.JobEvent.Lost;
import org.bagnetlab.queue.job.JobEvent.Orphaned;
import org.bagnetlab.queue.job.JobEvent.Outdone;
import org.bagnetlab.queue.job.JobEvent.OutgrewShare;
import org.bagnetlab.queue.job.JobEvent.PauseRequested;
import org.bagnetlab.queue.job.JobEvent.Resumed;
import org.bagnetlab.queue.job.JobEvent.Retried;
import org.bagnetlab.queue.job.JobEvent.RungReached;
import org.bagnetlab.queue.job.JobEvent.Started;
import org.bagnetlab.queue.job.JobEvent.Stopped;
import org.bagnetlab.queue.job.JobEvent.Unplaced;
import org.bagnetlab.queue.job.JobEvent.WindowClosed;
import org.bagnetlab.queue.job.JobState.Cancelled;
import org.bagnetlab.queue.job.JobState.Failed;
import org.bagnetlab.queue.job.JobState.Interrupted;
import org.bagnetlab.queue.job.JobState.Paused;
import org.bagnetlab.queue.job.JobState.Pausing;
import org.bagnetlab.queue.job.JobState.Queued;
import org.bagnetlab.queue.job.JobState.Running;
import org.bagnetlab.queue.job.JobState.Succeeded;
import org.bagnetlab.queue.store.JobRows;
import org.junit.jupiter.api.Test;

/** Every state meets every event: some pairs lead somewhere, all others are refused. */
class LifecycleTests {

  private static final Lifecycle LIFECYCLE =
      new Lifecycle(new RetryPolicy(2, Duration.ofSeconds(10), Duration.ofSeconds(15)));
  private static final Instant START = Instant.parse("2026-01-02T12:00:00Z");
  private static final Instant LATER = START.plusSeconds(60);
  private static final Cause GONE = Cause.Simple.SERVER_STOPPED;
  private static final Cause DIED = Cause.Simple.SERVER_DIED;
  private static final Cause BY_USER = Cause.Simple.CANCEL_REQUESTED;
  private static final Cause NO_CONTROLLER = new Cause.SlurmUnreachable("no controller");
  private static final JobError WRONG =
      new JobError(ErrorFamily.USER_ERROR, "code", "wrong", Optional.of("field"));
  private static final JobError BROKEN = JobError.internal("code", "broken");

  private static final Map<String, JobState> STATES = states();
  private static final Map<String, JobEvent> EVENTS = events();

  /** A row for each event; a dot: refused. */
  private static final String TABLE =
      """
                 queued     running     cancelling pausing    paused     interrupted succeeded failed   cancelled
      start      RUNNING    .           .          .          .          .           .         .        .
      cancel     CANCELLED  RUNNING     RUNNING    RUNNING    CANCELLED  CANCELLED   .         .        .
      outdo      .          .           .          .          CANCELLED  .           .         .        .
      pause      PAUSED     PAUSING     .          .          .          PAUSED      .         .        .
      resume     .          .           .          .          QUEUED     QUEUED      .         QUEUED   QUEUED
      retry      .          .           .          .          .          QUEUED      .         .        .
      advance    .          RUNNING     RUNNING    PAUSING    .          .           .         .        .
      give-back  .          QUEUED      CANCELLED  PAUSED     .          .           .         .        .
      outgrow    .          QUEUED      CANCELLED  PAUSED     .          .           .         .        .
      window     .          QUEUED      CANCELLED  PAUSED     .          .           .         .        .
      unplaced   .          INTERRUPTED CANCELLED  PAUSED     .          .           .         .        .
      complete   .          SUCCEEDED   SUCCEEDED  SUCCEEDED  .          .           .         .        .
      wrong      FAILED     FAILED      FAILED     FAILED     .          .           .         .        .
      broken     FAILED     INTERRUPTED CANCELLED  PAUSED     .          .           .         .        .
      stop       .          INTERRUPTED CANCELLED  PAUSED     .          .           .         .        .
      rung       .          PAUSED      CANCELLED  PAUSED     .          .           .         .        .
      lose       .          INTERRUPTED CANCELLED  PAUSED     .          .           .         .        .
      orphan     .          INTERRUPTED CANCELLED  PAUSED     .          .           .         .        .
      """;

  private static Map<String, JobState> states() {
    Map<String, JobState> states = new LinkedHashMap<>();
    states.put("queued", new Queued(1));
    states.put("running", new Running(START, Optional.empty(), 1));
    states.put("cancelling", new Running(START, Optional.of(BY_USER), 1));
    states.put("pausing", new Pausing(START, 1));
    states.put("paused", new Paused(Optional.of(START), LATER, Cause.Simple.PAUSED));
    states.put("interrupted", new Interrupted(START, LATER, GONE, 1, LATER.plusSeconds(10)));
    states.put("succeeded", new Succeeded(START, LATER));
    states.put("failed", new Failed(Optional.of(START), LATER, WRONG));
    states.put("cancelled", new Cancelled(Optional.of(START), LATER, true, Cause.stopped(true)));
    return states;
  }

  private static Map<String, JobEvent> events() {
    Map<String, JobEvent> events = new LinkedHashMap<>();
    events.put("start", new Started(START, "CPU"));
    events.put("cancel", new CancelRequested(LATER, Cause.Simple.CANCEL_REQUESTED));
    events.put("outdo", new Outdone(LATER, new Cause.Outdone(1, 0.5, 2, 2)));
    events.put("pause", new PauseRequested(LATER));
    events.put("resume", new Resumed(LATER, Cause.Simple.RESUMED));
    events.put("retry", new Retried(LATER));
    events.put("advance", new Advanced(LATER));
    events.put("give-back", new GivenBack(LATER, Cause.Simple.STOPPED_BEFORE_PLACED));
    events.put("outgrow", new OutgrewShare(LATER, new Cause.OutgrewShare(1 << 30, "GPU 0")));
    events.put("window", new WindowClosed(LATER, new Cause.WindowClosed("08:00")));
    events.put("unplaced", new Unplaced(LATER, NO_CONTROLLER));
    events.put("complete", new Completed(LATER));
    events.put("wrong", new Broke(LATER, WRONG));
    events.put("broken", new Broke(LATER, BROKEN));
    events.put("stop", new Stopped(LATER, true));
    events.put("rung", new RungReached(LATER, 2));
    events.put("lose", new Lost(LATER, GONE, true));
    events.put("orphan", new Orphaned(LATER, DIED, true));
    return events;
  }

  @Test
  void everyPairLeadsWhereTheTableSays() {
    List<String> lines = TABLE.lines().toList();
    List<String> columns = words(lines.get(0));
    assertThat(columns).containsExactlyElementsOf(STATES.keySet());
    assertThat(lines).hasSize(EVENTS.size() + 1);
    for (String line : lines.subList(1, lines.size())) {
      List<String> cells = words(line);
      JobEvent event = Objects.requireNonNull(EVENTS.get(cells.get(0)));
      for (int column = 0; column < columns.size(); column++) {
        JobState state = Objects.requireNonNull(STATES.get(columns.get(column)));
        String expected = cells.get(column + 1);
        if (expected.equals(".")) {
          assertThatExceptionOfType(IllegalTransition.class)
              .as("%s, %s", columns.get(column), event)
              .isThrownBy(() -> LIFECYCLE.transition(state, event));
        } else {
          assertThat(LIFECYCLE.transition(state, event).name().name())
              .as("%s, %s", columns.get(column), event)
              .isEqualTo(expected);
        }
      }
    }
  }

  private static List<String> words(String line) {
    return List.of(line.strip().split("\\s+"));
  }

  @Test
  void everyKindOfStateAndEventIsInTheTable() {
    assertThat(STATES.values().stream().<Class<?>>map(Object::getClass))
        .contains(JobState.class.getPermittedSubclasses());
    assertThat(EVENTS.values().stream().<Class<?>>map(Object::getClass))
        .contains(kinds(JobEvent.class).toArray(Class<?>[]::new));
  }

  private static Stream<Class<?>> kinds(Class<?> type) {
    return type.isSealed()
        ? Stream.of(type.getPermittedSubclasses()).flatMap(LifecycleTests::kinds)
        : Stream.of(type);
  }

  @Test
  void interruptionsWithoutProgressAreCountedAndWaitLongerAndLonger() {
    JobState running = new Running(START, Optional.empty(), 0);
    JobState first = LIFECYCLE.transition(running, new Lost(LATER, GONE, true));
    assertThat(first).isEqualTo(new Interrupted(START, LATER, GONE, 1, LATER.plusSeconds(10)));
    JobState again = LIFECYCLE.transition(first, new Retried(LATER));
    assertThat(again).isEqualTo(new Queued(1));
    JobState second =
        LIFECYCLE.transition(
            LIFECYCLE.transition(again, new Started(START, "CPU")), new Broke(LATER, BROKEN));
    assertThat(second)
        .isEqualTo(
            new Interrupted(
                START, LATER, new Cause.Error("code", "broken"), 2, LATER.plusSeconds(15)));
    JobState third =
        LIFECYCLE.transition(new Running(START, Optional.empty(), 2), new Lost(LATER, GONE, true));
    assertThat(third)
        .isInstanceOfSatisfying(
            Failed.class,
            failed ->
                assertThat(failed.error().message())
                    .isEqualTo(
                        "Interrupted 3 times without progress. Last interruption: the server was stopped"));
  }

  @Test
  void aStoppedServerIsNotTheJobsFault() {
    assertThat(
            LIFECYCLE.transition(
                new Running(START, Optional.empty(), 2), new Lost(LATER, GONE, false)))
        .isEqualTo(new Interrupted(START, LATER, GONE, 2, LATER.plusSeconds(15)));
    assertThat(
            LIFECYCLE.transition(
                new Running(START, Optional.empty(), 0), new Lost(LATER, GONE, false)))
        .isEqualTo(new Interrupted(START, LATER, GONE, 0, LATER));
  }

  @Test
  void whoseServerDiedIsResumedAtOnceButNotForEver() {
    Orphaned orphaned = new Orphaned(LATER, DIED, true);
    assertThat(LIFECYCLE.transition(new Running(START, Optional.empty(), 1), orphaned))
        .isEqualTo(new Interrupted(START, LATER, DIED, 2, LATER));
    assertThat(LIFECYCLE.transition(new Running(START, Optional.empty(), 2), orphaned))
        .isInstanceOf(Failed.class);
  }

  @Test
  void whoGetsNoPlaceWaitsAsOftenAsItTakes() {
    Unplaced unplaced = new Unplaced(LATER, NO_CONTROLLER);
    assertThat(LIFECYCLE.transition(new Running(START, Optional.empty(), 0), unplaced))
        .isEqualTo(new Interrupted(START, LATER, NO_CONTROLLER, 0, LATER.plusSeconds(10)));
    assertThat(LIFECYCLE.transition(new Running(START, Optional.empty(), 2), unplaced))
        .isEqualTo(new Interrupted(START, LATER, NO_CONTROLLER, 2, LATER.plusSeconds(15)));
  }

  @Test
  void whoGetsOnOrIsAskedToGoOnStartsCountingAnew() {
    assertThat(LIFECYCLE.transition(new Running(START, Optional.empty(), 2), new Advanced(LATER)))
        .isEqualTo(new Running(START, Optional.empty(), 0));
    assertThat(
            LIFECYCLE.transition(
                new Interrupted(START, LATER, GONE, 2, LATER),
                new Resumed(LATER, Cause.Simple.RESUMED)))
        .isEqualTo(new Queued(0));
  }

  @Test
  void aStateCarriesWhyByCode() {
    Cause by = new Cause.CancelledWithJob(7);
    assertThat(LIFECYCLE.transition(new Queued(0), new CancelRequested(LATER, by)))
        .isEqualTo(new Cancelled(Optional.empty(), LATER, false, by));
    assertThat(
            LIFECYCLE.transition(
                new Running(START, Optional.empty(), 0), new RungReached(LATER, 3)))
        .isEqualTo(new Paused(Optional.of(START), LATER, new Cause.RungReached(3)));
    // Whoever paused it wants it to wait, at a rung, too.
    assertThat(LIFECYCLE.transition(new Pausing(START, 0), new RungReached(LATER, 3)))
        .isEqualTo(
            new Paused(
                Optional.of(START), LATER, new Cause.PausedAfterRun(new Cause.RungReached(3))));
    assertThat(
            LIFECYCLE.transition(
                new Interrupted(START, LATER, GONE, 1, LATER), new CancelRequested(LATER, by)))
        .isEqualTo(
            new Cancelled(
                Optional.of(START), LATER, false, new Cause.CancelledAfterInterruption(GONE)));
  }

  /** However its worker ends, and whatever is requested in the meantime. */
  @Test
  void aCancelledJobCarriesWhyItWasCancelled() {
    Cause by = new Cause.CancelledWithSweep("ladder");
    JobState cancelling =
        LIFECYCLE.transition(
            LIFECYCLE.transition(
                new Running(START, Optional.empty(), 0), new CancelRequested(LATER, by)),
            new CancelRequested(LATER, BY_USER));
    assertThat(cancelling).isEqualTo(new Running(START, Optional.of(by), 0));
    for (JobEvent end :
        List.of(new Stopped(LATER, true), new RungReached(LATER, 2), new Lost(LATER, GONE, true))) {
      assertThat(LIFECYCLE.transition(cancelling, end))
          .isInstanceOfSatisfying(
              Cancelled.class, cancelled -> assertThat(cancelled.cause()).isEqualTo(by));
    }
  }

  @Test
  void everyStateIsStoredAndReadBackAsItWas() {
    for (JobState state : STATES.values()) {
      assertThat(StateFacts.of(state).state(state.name())).isEqualTo(state);
      assertThat(JobRows.state(JobRows.row(state))).isEqualTo(state);
    }
  }
}
