package org.bagnetlab.vision.staging;

/**
 * An unusable folder, which is listed together with the usable ones.
 *
 * @param name name of the folder
 * @param problem the problem and what to do, in one line
 */
public record Damaged(String name, String problem) {}
