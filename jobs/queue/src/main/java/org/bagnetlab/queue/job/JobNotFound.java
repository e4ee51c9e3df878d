package org.bagnetlab.queue.job;

/** There is no job of this number. */
public final class JobNotFound extends RuntimeException {

  private static final long serialVersionUID = 1;

  public JobNotFound(long id) {
    super("There is no job %d.".formatted(id));
  }
}
