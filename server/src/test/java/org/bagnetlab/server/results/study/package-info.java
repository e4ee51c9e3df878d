@NullMarked
package org.bagnetlab.server.results.study;

import org.jspecify.annotations.NullMarked;
