/** The command that checks whether this machine can run everything. */
package org.bagnetlab.server.cli.doctor;
