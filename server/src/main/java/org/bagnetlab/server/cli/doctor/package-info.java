/** The command that checks whether this machine can run everything. */
@NullMarked
package org.bagnetlab.server.cli.doctor;

import org.jspecify.annotations.NullMarked;
