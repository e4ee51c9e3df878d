package org.bagnetlab.server.results.run;

/**
 * Which trainings count as results, besides all others that succeeded.
 *
 * @param troubled whether those with a {@link Trouble} do
 * @param trials whether the trials of searches do, which ran to find good settings
 */
public record Counted(boolean troubled, boolean trials) {

  /** What counts unless asked otherwise. */
  public static final Counted USUAL = new Counted(false, false);

  /** The same with the trials of searches. */
  public Counted withTrials() {
    return new Counted(troubled, true);
  }

  /** These choices as command-line options, each preceded by a blank. */
  public String options() {
    return (troubled ? " --troubled" : "") + (trials ? " --trials" : "");
  }
}
