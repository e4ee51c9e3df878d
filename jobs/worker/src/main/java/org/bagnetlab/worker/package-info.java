/**
 * The worker process: reads one job from stdin, runs it using {@code vision}, and reports on
 * stdout.
 */
package org.bagnetlab.worker;
