package org.bagnetlab.server.message;

import java.time.Instant;
import org.bagnetlab.server.disk.DiskState;

/** Messages with no more than their first sentence, where no results can be read. */
public final class NoContent implements MessageContent {

  @Override
  public Content sweep(String name) {
    return Content.NONE;
  }

  @Override
  public Day day(Instant since, Instant now, DiskState disk) {
    return new Day("A day has passed since %s.".formatted(since), Content.NONE);
  }
}
