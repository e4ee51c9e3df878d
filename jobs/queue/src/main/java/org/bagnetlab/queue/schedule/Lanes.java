package org.bagnetlab.queue.schedule;

import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.bagnetlab.queue.device.Device;

/**
 * The schedulers of the queue and, if there is one, of the interactive lane. Neither handles the
 * other's jobs.
 */
public final class Lanes {

  private final Scheduler queue;
  private final Optional<Scheduler> interactive;

  public Lanes(Scheduler queue, Optional<Scheduler> interactive) {
    this.queue = queue;
    this.interactive = interactive;
  }

  private Stream<Scheduler> all() {
    return Stream.concat(Stream.of(queue), interactive.stream());
  }

  /** Starts jobs from now on; called once the devices are deployed. Callable from any thread. */
  public void open() {
    all().forEach(Scheduler::open);
  }

  /** Looks for work, if the schedulers are open. Callable from any thread. */
  public void wake() {
    all().forEach(Scheduler::wake);
  }

  /**
   * Stops the worker of a job on any device. Callable from any thread, after the request was
   * stored.
   */
  public void stopWorker(long job) {
    all().forEach(lane -> lane.stopWorker(job));
  }

  /** The devices of the queue and their current jobs. */
  public List<Device> devices() {
    return queue.devices();
  }

  /** Publishes the GPUs with their latest readings. */
  public void publishGpus() {
    queue.publishGpus();
  }

  /**
   * Why the interactive lane currently starts no jobs, as text; empty if it does, or if there is no
   * lane.
   */
  public Optional<String> interactiveRefusal() {
    return interactive.stream()
        .flatMap(lane -> lane.devices().stream())
        .findFirst()
        .flatMap(Device::refusal);
  }

  /** Stops starting jobs. Succeeds when none is about to start. */
  public Future<Void> close() {
    return Future.join(all().map(Scheduler::close).toList()).mapEmpty();
  }
}
