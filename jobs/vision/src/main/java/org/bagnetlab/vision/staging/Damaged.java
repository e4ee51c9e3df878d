package org.bagnetlab.vision.staging;

/**
 * What lies in its folder but cannot be used, in a list beside what can.
 *
 * @param name of the folder
 * @param problem what is wrong with it and what to do, in one line
 */
public record Damaged(String name, String problem) {}
