export const revalidate = 1;

export default function Page() {
  return <p>made {new Date().toISOString()}</p>;
}
