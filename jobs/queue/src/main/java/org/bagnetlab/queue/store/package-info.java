/**
 * Jobs in the database: each change is one transaction, including its effects on dependent jobs and
 * on its sweeps, and is published afterwards.
 */
package org.bagnetlab.queue.store;
