@NullMarked
package org.bagnetlab.server.statistics;

import org.jspecify.annotations.NullMarked;
