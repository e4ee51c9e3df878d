/** The SQL of the numbers that jobs found. */
@NullMarked
package org.bagnetlab.storage.result;

import org.jspecify.annotations.NullMarked;
