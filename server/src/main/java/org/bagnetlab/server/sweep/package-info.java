/** Sets of jobs that are queued together. */
@NullMarked
package org.bagnetlab.server.sweep;

import org.jspecify.annotations.NullMarked;
