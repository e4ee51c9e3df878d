package org.bagnetlab.server.message;

import java.time.Instant;
import org.bagnetlab.server.disk.DiskState;

/** Finds what messages about sweeps and days say. Blocks while it reads the database. */
public interface MessageContent {

  /** The failures and results of a sweep. */
  Content sweep(String name);

  /**
   * What ran in a period, and the state of the lab now.
   *
   * @param since begin of the period
   * @param now end of the period
   * @param disk the state of the disk
   */
  Day day(Instant since, Instant now, DiskState disk);

  /**
   * The content of a daily message.
   *
   * @param first its first sentence
   * @param content what it says below
   */
  record Day(String first, Content content) {}
}
