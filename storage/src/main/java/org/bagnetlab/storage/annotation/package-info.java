/** The SQL of annotations of jobs. */
@NullMarked
package org.bagnetlab.storage.annotation;

import org.jspecify.annotations.NullMarked;
