package org.bagnetlab.server;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Nobody writes a line of their own into the server's log, or into a terminal that shows it. */
@Timeout(60)
class LogLineTests {

  private static String logged(String message, @Nullable Throwable failure) throws Exception {
    LoggerContext context = new LoggerContext();
    JoranConfigurator configurator = new JoranConfigurator();
    configurator.setContext(context);
    configurator.doConfigure(
        Objects.requireNonNull(BagnetLabServer.class.getResource("/logback.xml")));
    Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
    ConsoleAppender<ILoggingEvent> appender =
        (ConsoleAppender<ILoggingEvent>) Objects.requireNonNull(root.getAppender("log"));
    LoggingEvent event =
        new LoggingEvent("", root, Level.WARN, "{} is damaged", failure, new Object[] {message});
    return new String(appender.getEncoder().encode(event), StandardCharsets.UTF_8);
  }

  @Test
  void aMessageIsOneLine() throws Exception {
    assertThat(logged("a\n12:00:00 ERROR b\u001b[2J\u009b\u202e\u2028c", null))
        .matches(
            "\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d WARN  a\\?12:00:00 ERROR b\\?\\[2J\\?\\?\\?c is damaged\n");
  }

  @Test
  void anExceptionsLinesAreIndented() throws Exception {
    String logged = logged("scenes", new IllegalStateException("a\n12:00:00 ERROR \u001b[2Jb"));
    assertThat(logged.lines().skip(1)).first().isEqualTo("    java.lang.IllegalStateException: a");
    assertThat(logged.lines().skip(1)).allSatisfy(line -> assertThat(line).startsWith("    "));
    assertThat(logged).contains("    12:00:00 ERROR ?[2Jb\n    \tat ").endsWith("\n");
  }
}
