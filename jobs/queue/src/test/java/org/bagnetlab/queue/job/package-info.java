@NullMarked
package org.bagnetlab.queue.job;

import org.jspecify.annotations.NullMarked;
