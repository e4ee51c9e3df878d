package org.bagnetlab.server.events;

/**
 * An event that is sent to pages.
 *
 * @param number number of the event in this server process, from 1
 * @param type {@code job}, {@code progress}, {@code metric}, {@code artifact}, {@code annotation},
 *     {@code device} or {@code deleted}
 * @param data JSON on one line
 */
record LabEvent(long number, String type, String data) {}
