package org.bagnetlab.server.cli.serve;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import org.slf4j.LoggerFactory;

/** The format of log lines. */
enum LogForm {
  /** Plain text. */
  text,
  /** One JSON object per line, with the ID of the job that the line refers to, if any. */
  json;

  /** Writes all further lines in this format. */
  void use() {
    if (this == text) {
      return;
    }
    Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    if (root.getAppender("log") instanceof ConsoleAppender<ILoggingEvent> log) {
      JsonEncoder encoder = new JsonEncoder();
      encoder.setContext(root.getLoggerContext());
      encoder.setWithSequenceNumber(false);
      encoder.setWithNanoseconds(false);
      encoder.setWithContext(false);
      encoder.setWithMDC(false);
      encoder.setWithMessage(false);
      encoder.setWithArguments(false);
      encoder.setWithFormattedMessage(true);
      encoder.start();
      log.stop();
      log.setEncoder(encoder);
      log.start();
    }
  }
}
