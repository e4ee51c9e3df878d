/**
 * The protocol between the server and its worker processes: the specification of a job, the events
 * that a worker writes to its stdout and the commands that it reads from its stdin. This package is
 * the only code on the class paths of both.
 */
package org.bagnetlab.protocol;
