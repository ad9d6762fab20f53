import { listTodos } from '../lib/todos.ts';
import { Chat } from './chat.tsx';
import { TodoList } from './todo-list.tsx';

export default async function Home() {
  const list = await listTodos();
  return (
    <main>
      <h1>Todo</h1>
      <section>
        {list.state === 'listed' ? (
          <TodoList todos={list.todos} />
        ) : (
          <p role="alert">
            The backend cannot be reached: {list.reason}. <a href="/">Try again</a>
          </p>
        )}
      </section>
      <section>
        <h2>Ask about your todos</h2>
        <Chat />
      </section>
    </main>
  );
}
