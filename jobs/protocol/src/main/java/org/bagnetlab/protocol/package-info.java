/**
 * The protocol between the server and its worker processes: the specification of a job, the events
 * that a worker writes to its stdout and the commands that it reads from its stdin. Only this code
 * is on both class paths.
 */
package org.bagnetlab.protocol;
